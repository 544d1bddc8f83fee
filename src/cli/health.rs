//! `health`: asks the bot on this machine how it is, for containers that have no other program.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::arguments::HealthArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use crate::http;

/// How long connecting may take, and then each step of the exchange.
const PATIENCE: Duration = Duration::from_secs(3);
/// More than the longest answer: a line for each part.
const MAX_ANSWER: u64 = 64 * 1024;

pub(super) fn run(arguments: &HealthArguments, config: &Config) -> Result<Verdict, CommandError> {
    let listen = config.http.listen.ok_or(CommandError::NoProbes)?;
    let path = if arguments.ready { http::READY } else { http::ALIVE };
    let address = reachable(listen);
    match ask(address, path) {
        Ok((is_well, text)) => {
            write!(anstream::stdout().lock(), "{text}").map_err(CommandError::Io)?;
            Ok(if is_well { Verdict::Positive } else { Verdict::Negative })
        }
        Err(source) => Err(CommandError::Unhealthy { address, source }),
    }
}

/// The address under which this machine reaches a listener: one that listens everywhere is also on
/// the loopback interface.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let host = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(host, listen.port())
}

/// Whether the answer is a success, and its text.
fn ask(address: SocketAddr, path: &str) -> io::Result<(bool, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(MAX_ANSWER).read_to_string(&mut answer)?;
    let no_answer = || io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP");
    let (head, text) = answer.split_once("\r\n\r\n").ok_or_else(no_answer)?;
    let status = head.split(' ').nth(1).ok_or_else(no_answer)?;
    Ok((status == "200", text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_that_listens_everywhere_is_asked_on_the_loopback_interface() {
        for (listen, address) in [("0.0.0.0:1", "127.0.0.1:1"), ("[::]:2", "[::1]:2"), ("10.1.2.3:4", "10.1.2.3:4")] {
            assert_eq!(reachable(listen.parse().unwrap()), address.parse().unwrap());
        }
    }
}
