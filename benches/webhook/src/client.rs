//! Asks over loopback at the least cost to itself, because it shares the core with what it
//! measures.
//!
//! Requests are encoded before the clock starts. Several connections send at once and are then
//! read in turn, so that neither side waits for the other at each request.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::signer::SignedRequest;

/// How many requests are in flight at once. Discord too sends the next one before the last is
/// answered.
const CONNECTIONS: usize = 16;

/// The connections to a webhook.
pub(crate) struct Client {
    streams: Vec<TcpStream>,
    buffer: Vec<u8>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Self> {
        let connect = |_| {
            let stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            Ok(stream)
        };
        let streams: io::Result<Vec<_>> = (0..CONNECTIONS).map(connect).collect();
        Ok(Self { streams: streams?, buffer: vec![0; 64 * 1024] })
    }

    /// Sends all requests, reads all answers, and returns the body of the last. An answer with a
    /// status other than 200 is an error.
    pub(crate) fn ask(&mut self, requests: &[Vec<u8>]) -> io::Result<Vec<u8>> {
        let mut last = Vec::new();
        for batch in requests.chunks(self.streams.len()) {
            for (stream, request) in self.streams.iter_mut().zip(batch) {
                stream.write_all(request)?;
            }
            for stream in self.streams.iter_mut().take(batch.len()) {
                last = read_answer(stream, &mut self.buffer)?;
            }
        }
        Ok(last)
    }
}

pub(crate) fn write_out(request: &SignedRequest) -> Vec<u8> {
    let SignedRequest { signature, timestamp, body } = request;
    let head = format!(
        "POST /interactions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         x-signature-ed25519: {signature}\r\nx-signature-timestamp: {timestamp}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> io::Result<Vec<u8>> {
    let mut filled = 0;
    loop {
        let count = stream.read(&mut buffer[filled..])?;
        if count == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the webhook closed the connection"));
        }
        filled += count;
        if let Some(body) = whole_body(&buffer[..filled])? {
            return Ok(body.to_vec());
        }
    }
}

/// The body of an answer, once all of it has arrived.
fn whole_body(answer: &[u8]) -> io::Result<Option<&[u8]>> {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    match length {
        Some(length) if head.starts_with("http/1.1 200 ") => Ok(answer.get(end + 4..end + 4 + length)),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, format!("not an answer: {head}"))),
    }
}
