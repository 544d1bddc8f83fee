//! Requests written to a socket byte by byte, because no client sends everything that a test of a
//! webhook needs to send.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use discord_double::sign;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest wait for an answer.
const GUARD: Duration = Duration::from_secs(30);

/// A request that is the only one on its connection.
#[derive(Clone, Debug)]
#[must_use]
pub struct HttpRequest {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

#[derive(Debug)]
pub struct HttpAnswer {
    pub status: u16,
    pub body: Vec<u8>,
    head: String,
}

/// A request to the endpoint that Discord signed just now.
pub fn signed(body: impl Into<Vec<u8>>) -> HttpRequest {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    signed_at(&now.as_secs().to_string(), body)
}

/// A request to the endpoint that Discord signed with this timestamp.
pub fn signed_at(timestamp: &str, body: impl Into<Vec<u8>>) -> HttpRequest {
    let body = body.into();
    HttpRequest::new("POST", "/interactions")
        .header("Content-Type", "application/json")
        .header("X-Signature-Ed25519", &sign(timestamp, &body))
        .header("X-Signature-Timestamp", timestamp)
        .body(body)
}

impl HttpRequest {
    /// A request with nothing but a method and a path.
    pub fn new(method: &str, path: &str) -> Self {
        Self { method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    pub fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    pub fn method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    /// Sets a header, replacing any earlier one.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.without(name).also(name, value)
    }

    /// Adds a header to any earlier one.
    pub fn also(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn value(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).expect("the header is there")
    }

    /// The bytes of the head with its blank line. It states a length, unless a header says how
    /// the body ends.
    pub fn head(&self) -> Vec<u8> {
        let mut lines = vec![format!("{} {} HTTP/1.1", self.method, self.path), "Host: localhost".to_owned()];
        let has = |wanted: &str| self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        if !has("Transfer-Encoding") {
            lines.push(format!("Content-Length: {}", self.body.len()));
        }
        if !has("Connection") {
            lines.push("Connection: close".to_owned());
        }
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        (lines.join("\r\n") + "\r\n\r\n").into_bytes()
    }

    pub fn bytes(&self) -> Vec<u8> {
        [self.head(), self.body.clone()].concat()
    }

    /// Sends it on a connection of its own.
    pub async fn send(&self, address: SocketAddr) -> io::Result<HttpAnswer> {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(&self.bytes()).await?;
        HttpAnswer::read_from(&mut stream).await
    }

    /// Sends it and returns the status.
    pub async fn status(&self, address: SocketAddr) -> u16 {
        self.send(address).await.expect("an answer").status
    }
}

impl HttpAnswer {
    /// Reads the last answer of a connection.
    pub async fn read_from(stream: &mut TcpStream) -> io::Result<Self> {
        let mut answer = Vec::new();
        timeout(GUARD, stream.read_to_end(&mut answer)).await??;
        Self::read(&answer)
    }

    /// Reads an answer whose body lasts to the end.
    pub fn read(bytes: &[u8]) -> io::Result<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.ok_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, "no head"))?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no status"))?;
        Ok(Self { status, body: bytes[end + 4..].to_vec(), head })
    }

    pub fn header(&self, wanted: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}
