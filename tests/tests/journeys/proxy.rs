//! Stands between a browser and the relay and notes what is asked, by pages and their workers alike.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A listener on loopback that passes everything on.
pub(crate) struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl Proxy {
    /// Listens for the relay at `relay`.
    ///
    /// # Errors
    /// There is no free port.
    pub(crate) async fn start(relay: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (relay, notes) = (relay.to_owned(), Arc::clone(&asked));
        let listening = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                tokio::spawn(pass(browser, relay.clone(), Arc::clone(&notes)));
            }
        });
        Ok(Self {
            address,
            asked,
            listening,
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    /// Method and path of each request since the last time.
    pub(crate) fn take(&self) -> Vec<String> {
        self.asked
            .lock()
            .map(|mut asked| core::mem::take(&mut *asked))
            .unwrap_or_default()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Passes on what one connection says, until either side ends it.
async fn pass(browser: TcpStream, relay: String, asked: Arc<Mutex<Vec<String>>>) {
    let Ok(server) = TcpStream::connect(relay).await else {
        return;
    };
    let (mut from, mut to) = browser.into_split();
    let (mut answers, mut requests) = server.into_split();
    let back = tokio::spawn(async move { tokio::io::copy(&mut answers, &mut to).await });
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let Some(said) = bytes.get(..count) else {
            break;
        };
        note(said, &asked);
        if requests.write_all(said).await.is_err() {
            break;
        }
    }
    drop(requests);
    // The other direction ends with the relay's side of the connection.
    let _ = back.await;
}

/// Notes the first lines of requests. Browsers send the head of a request in one piece.
fn note(said: &[u8], asked: &Mutex<Vec<String>>) {
    let first = said.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = str::from_utf8(first)
        .ok()
        .and_then(|line| line.strip_suffix(" HTTP/1.1"));
    if let (Some(line), Ok(mut asked)) = (line, asked.lock()) {
        asked.push(line.to_owned());
    }
}
