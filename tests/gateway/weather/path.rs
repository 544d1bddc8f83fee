//! The way between the bot and the double: a proxy that delays, splits and cuts what Discord sends.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::select;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::timeout;

/// Numbers that follow from a seed ([SplitMix64](https://prng.di.unimi.it/splitmix64.c)).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// A proxy with orders for what it carries towards the bot.
pub struct Path {
    orders: Arc<Orders>,
    address: SocketAddr,
    carrying: AbortHandle,
}

#[derive(Default)]
struct Orders {
    target: OnceLock<SocketAddr>,
    cut: Notify,
    carried: Notify,
    /// In milliseconds, for the next bytes.
    delay: AtomicU64,
    /// After how many bytes the next ones are split; 0 for not at all.
    split: AtomicU64,
    halves_next: AtomicBool,
}

impl Path {
    pub async fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, orders) = (listener.local_addr().unwrap(), Arc::<Orders>::default());
        let shared = Arc::clone(&orders);
        let carrying = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(carry(Arc::clone(&shared), stream));
            }
        });
        Self { orders, address, carrying: carrying.abort_handle() }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn lead_to(&self, target: SocketAddr) {
        self.orders.target.set(target).unwrap();
    }

    /// Cuts the connection now.
    pub fn cut(&self) {
        self.orders.cut.notify_waiters();
    }

    /// Cuts the connection in the middle of what comes next.
    pub fn cut_in_next_frame(&self) {
        self.orders.halves_next.store(true, Ordering::Relaxed);
    }

    /// Holds the next bytes back for so long.
    pub fn delay(&self, time: Duration) {
        self.orders.delay.store(u64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }

    /// Splits the next bytes after so many.
    pub fn split(&self, after: u64) {
        self.orders.split.store(after, Ordering::Relaxed);
    }

    /// Waits until something was carried, for a short while.
    pub async fn wait_for_bytes(&self) {
        let _ = timeout(Duration::from_millis(50), self.orders.carried.notified()).await;
    }
}

impl Drop for Path {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

async fn carry(orders: Arc<Orders>, bot: TcpStream) {
    let target = *orders.target.get().expect("the path leads somewhere by then");
    let Ok(discord) = TcpStream::connect(target).await else { return };
    let ((mut from_bot, to_bot), (from_discord, mut to_discord)) = (bot.into_split(), discord.into_split());
    let there = async {
        let _ = copy(&mut from_bot, &mut to_discord).await;
    };
    select! {
        () = orders.cut.notified() => {}
        () = there => {}
        () = back(&orders, from_discord, to_bot) => {}
    }
}

async fn back(orders: &Orders, mut from: tokio::net::tcp::OwnedReadHalf, mut to: OwnedWriteHalf) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        let delay = Duration::from_millis(orders.delay.swap(0, Ordering::Relaxed));
        if timeout(delay, orders.cut.notified()).await.is_ok() {
            return;
        }
        if orders.halves_next.swap(false, Ordering::Relaxed) {
            let _ = to.write_all(&bytes[..length / 2]).await;
            return;
        }
        let split = usize::try_from(orders.split.swap(0, Ordering::Relaxed)).unwrap().min(length);
        for part in [&bytes[..split], &bytes[split..length]] {
            if to.write_all(part).await.is_err() {
                return;
            }
            // The other end reads the first part on its own.
            tokio::task::yield_now().await;
        }
        orders.carried.notify_waiters();
    }
}
