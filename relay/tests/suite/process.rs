//! The real program: killed in the middle of work, stopped, started twice.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sluis_directory::Directory;
use sluis_directory::capability::sign_request;
use sluis_directory::signature::{SigningKey, VerifyingKey};
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{
    Call, ControlRead, DossierCreate, EventAppend, EventRead, Hello, SetUp, StatementPut,
};
use sluis_wire::time::UnixTime;
use sluis_wire::{capability, codec};

use crate::world::{
    DEVICE, address, body_of, control, device, event, founding, next_nonce, reader, staff,
    staff_statement_at, writer,
};

/// A running relay.
struct Relay {
    child: Child,
    address: String,
    code: Option<String>,
    said: Vec<String>,
}

impl Relay {
    fn start(data: &Path) -> Self {
        let mut child = command(data)
            .args(["--listen", "127.0.0.1:0"])
            .spawn()
            .unwrap();
        let (mut said, mut code) = (Vec::new(), None);
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = out
                .next()
                .expect("the relay says where it listens")
                .unwrap();
            if let Some((_, found)) = line.split_once("set-up code: ") {
                code = Some(found.to_owned());
            }
            said.push(line.clone());
            if let Some(address) = line.strip_prefix("listening on http://") {
                break address.to_owned();
            }
        };
        Self {
            child,
            address,
            code,
            said,
        }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// One request over a connection of its own. `None` when the relay went away before it answered.
    fn send<C: Call>(
        &self,
        call: &C,
        by: Option<(&SigningKey, GenesisHash)>,
    ) -> Option<(u16, Vec<u8>)> {
        let body = body_of(call);
        let proof = by.map_or_else(String::new, |(key, genesis)| {
            let proof = sign_request(key, &genesis, C::PATH, &body, next_nonce(), now());
            format!("{}: {}\r\n", capability::HEADER, proof.encode())
        });
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n{proof}\r\n",
            C::PATH,
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&body).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        let status = std::str::from_utf8(&answer[9..12])
            .unwrap()
            .parse()
            .unwrap();
        Some((status, answer[end + 4..].to_vec()))
    }

    fn ask<C: Call>(&self, call: &C, by: Option<(&SigningKey, GenesisHash)>) -> C::Answer {
        let (status, body) = self.send(call, by).unwrap();
        assert_eq!(
            status,
            200,
            "{}: {}",
            C::PATH,
            String::from_utf8_lossy(&body)
        );
        codec::decode(&body, body.len()).unwrap()
    }

    /// Sets the deployment up with one dossier.
    fn set_up(&self) -> GenesisHash {
        let relay_key = self.ask(&Hello, None).relay_key;
        let entries = founding(VerifyingKey::parse(relay_key).unwrap(), now());
        let directory = Directory::replay(&entries).unwrap();
        self.ask(
            &SetUp {
                code: self.code.clone().unwrap(),
                entries,
            },
            None,
        );
        let genesis = directory.genesis();
        let (statement, wraps) = staff_statement_at(&directory, now(), DEVICE, 0, &staff());
        self.ask(
            &StatementPut { statement, wraps },
            Some((&device(), genesis)),
        );
        let (control, wraps) = control(1, 0, sluis_directory::ZERO_HASH, 0);
        self.ask(&DossierCreate { control, wraps }, Some((&staff(), genesis)));
        genesis
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sluis-relay"));
    command
        .arg("--data")
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in [
        "SLUIS_CONFIG",
        "SLUIS_DATA",
        "SLUIS_LISTEN",
        "SLUIS_SITE",
        "SLUIS_PUBLIC_URL",
        "SLUIS_DESK_ORIGIN",
    ] {
        command.env_remove(name);
    }
    command
}

fn now() -> UnixTime {
    sluis_relay::clock::Clock::now(&sluis_relay::clock::SystemClock)
}

/// Writers go on until the relay is killed under them; afterwards everything that was acknowledged is there, in order, whole.
#[test]
fn acknowledged_writes_survive_kill_nine() {
    const WRITERS: u8 = 4;
    let crashes: u16 = if std::env::var_os("SLUIS_ALL").is_some() {
        200
    } else {
        20
    };
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path());
    let genesis = relay.set_up();
    let mut acknowledged: Vec<Vec<u8>> = Vec::new();
    for crash in 0..crashes {
        let wanted = usize::from(1 + crash % 7);
        let (tell, told) = std::sync::mpsc::channel();
        let taken = std::thread::scope(|scope| {
            for writer_number in 0..WRITERS {
                let (tell, relay) = (tell.clone(), &relay);
                scope.spawn(move || {
                    for n in 0..u32::MAX {
                        let mut event = event(1, 0, writer_number);
                        // Inside the sealed bytes: makes each event one of a kind.
                        let place = event.len() - 40;
                        event[place..place + 2].copy_from_slice(&crash.to_be_bytes());
                        event[place + 2..place + 6].copy_from_slice(&n.to_be_bytes());
                        let append = EventAppend {
                            dossier: address(1),
                            events: vec![event.clone()],
                        };
                        match relay.send(&append, Some((&writer(0), genesis))) {
                            Some((200, _)) => drop(tell.send(event)),
                            Some((status, body)) => {
                                panic!("{status}: {}", String::from_utf8_lossy(&body))
                            }
                            None => return,
                        }
                    }
                });
            }
            let mut taken: Vec<_> = told.iter().take(wanted).collect();
            let id = relay.child.id().to_string();
            assert!(
                Command::new("kill")
                    .args(["-9", &id])
                    .status()
                    .unwrap()
                    .success()
            );
            drop(tell);
            taken.extend(told.iter());
            taken
        });
        acknowledged.extend(taken);
        relay.child.wait().unwrap();
        relay = Relay::start(folder.path());
        assert!(relay.code.is_none(), "set-up stays done");
    }
    let stored = all_events(&relay, genesis);
    for event in &acknowledged {
        assert!(stored.contains(event), "an acknowledged event is gone");
    }
    let links = relay.ask(
        &ControlRead {
            dossier: address(1),
            from: 0,
        },
        Some((&staff(), genesis)),
    );
    assert_eq!(links.length, 1);
    relay.kill();
}

fn all_events(relay: &Relay, genesis: GenesisHash) -> std::collections::HashSet<Vec<u8>> {
    let (mut stored, mut from) = (std::collections::HashSet::new(), 0);
    loop {
        let page = relay.ask(
            &EventRead {
                dossier: address(1),
                from,
            },
            Some((&reader(0), genesis)),
        );
        if page.events.is_empty() {
            assert_eq!(page.length, from);
            return stored;
        }
        for event in page.events {
            from += 1;
            assert!(stored.insert(event), "an event stands there twice");
        }
    }
}

#[test]
fn the_relay_stops_when_it_is_told_to_also_with_a_stream_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path());
    let genesis = relay.set_up();
    let open = sluis_wire::api::StreamOpen;
    let body = body_of(&open);
    let path = sluis_wire::api::StreamOpen::PATH;
    let proof = sign_request(&staff(), &genesis, path, &body, next_nonce(), now()).encode();
    let mut stream = TcpStream::connect(&relay.address).unwrap();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n{}: {proof}\r\n\r\n",
        capability::HEADER
    )
    .unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    let id = relay.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(relay.child.wait().unwrap().success());
    let mut log = String::new();
    relay
        .child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    let lines: Vec<&str> = log
        .lines()
        .map(|line| line.split_once("INFO ").unwrap().1)
        .collect();
    assert_eq!(
        lines,
        ["started", "stopped"],
        "the log says nothing about requests"
    );
}

#[test]
fn the_set_up_code_is_the_same_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = Relay::start(folder.path());
    let code = first.code.clone().unwrap();
    let desk = format!("http://{}/desk", first.address);
    assert!(first.said.iter().any(|line| line.ends_with(&desk)));
    first.kill();
    let second = Relay::start(folder.path());
    assert_eq!(second.code.as_ref(), Some(&code));
    second.set_up();
    second.kill();
    assert_eq!(Relay::start(folder.path()).code, None);
}

#[test]
fn a_port_in_use_and_a_folder_in_use_are_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path());
    let other = tempfile::tempdir().unwrap();
    let refused = command(other.path())
        .args(["--listen", &relay.address])
        .output()
        .unwrap();
    let text = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success()
            && text.contains("is in use by another program")
            && text.contains("--listen"),
        "{text}"
    );
    let refused = command(folder.path())
        .args(["--listen", "127.0.0.1:0"])
        .output()
        .unwrap();
    let text = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && text.contains("another relay uses the data folder"),
        "{text}"
    );
}

#[test]
fn help_teaches() {
    let shown = Command::new(env!("CARGO_BIN_EXE_sluis-relay"))
        .arg("--help")
        .output()
        .unwrap();
    let text = String::from_utf8(shown.stdout).unwrap();
    for part in [
        "FIRST START",
        "DATA FOLDER",
        "BACKUP",
        "--desk-origin",
        "SLUIS_DATA",
    ] {
        assert!(text.contains(part), "{part}");
    }
}
