//! `sluis-verify FILE [CODE]`: checks the log of a dossier, or the proof of a contradiction, that a desk saved, without the relay and
//! without any key.
//!
//! Ends with 0 when everything holds, with 1 when something is wrong, with 2 when something is open.
#![forbid(unsafe_code)]

use std::ffi::OsStr;
use std::io::{Result, Write};
use std::process::ExitCode;

use sluis_domain::log::Finding;
use sluis_protocol::dossier::proof::{self, Contradiction, Kind, Signer, Thing};
use sluis_protocol::dossier::replica::export::{Line, Report, Verdict, What, verify};
use sluis_protocol::dossier::{Action, number};
use sluis_protocol::founding::control_code;
use sluis_wire::address::{DeviceId, GenesisHash};
use sluis_wire::time::UnixTime;

const HELP: &str = "sluis-verify FILE [CODE]

Checks a file that \"Logboek opslaan\" (Save the log) made: the directory in it, who had access, every signature, every right.
Checks a file that \"Bewijs opslaan\" (Save the proof) made: that two signed things in it contradict each other, and who signed them.
CODE is the control code of the deployment, as its desk and its recovery sheet show it. Without it you have to compare it yourself.
Ends with 0 when everything holds, with 1 when something is wrong, with 2 when something is open.
";

/// Something is wrong.
const WRONG: u8 = 1;
/// Nothing is wrong, and not everything could be checked.
const OPEN: u8 = 2;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(file), code, None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprint!("{HELP}");
        return ExitCode::from(WRONG);
    };
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(WRONG);
        }
    };
    if bytes.starts_with(proof::MAGIC) {
        return contradiction(&bytes, code.as_deref());
    }
    let report = match verify(&bytes) {
        Ok(report) => report,
        Err(broken) => {
            eprintln!("WRONG: {broken}");
            return ExitCode::from(WRONG);
        }
    };
    let same = is_same(code.as_deref(), &report.genesis);
    if let Err(error) = print(&report, same, &mut std::io::stdout().lock()) {
        eprintln!("{error}");
        return ExitCode::from(WRONG);
    }
    if same == Some(false) || report.is_broken() {
        ExitCode::from(WRONG)
    } else if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(OPEN)
    }
}

/// Checks a proof and says who signed what.
fn contradiction(bytes: &[u8], code: Option<&OsStr>) -> ExitCode {
    let found = match proof::verify(bytes) {
        Ok(found) => found,
        Err(broken) => {
            eprintln!("WRONG: {broken}");
            return ExitCode::from(WRONG);
        }
    };
    let same = is_same(code, &found.genesis);
    if let Err(error) = print_proof(&found, same, &mut std::io::stdout().lock()) {
        eprintln!("{error}");
        return ExitCode::from(WRONG);
    }
    if same == Some(false) {
        ExitCode::from(WRONG)
    } else {
        ExitCode::SUCCESS
    }
}

fn print_proof(found: &Contradiction, same: Option<bool>, to: &mut impl Write) -> Result<()> {
    let code = control_code(&found.genesis.0);
    let saver = named(found.person(&found.saver), &found.saver);
    writeln!(to, "Deployment    {code} ({})", compared(same))?;
    writeln!(to, "Saved by      {saver}")?;
    writeln!(to, "Saved on      {}", moment(found.time))?;
    writeln!(
        to,
        "Directory     {} entries hold",
        found.directory.length()
    )?;
    writeln!(to)?;
    for side in &found.sides {
        let signers: Vec<String> = side.signers.iter().map(|one| signer(found, one)).collect();
        writeln!(
            to,
            "{}  signed by {}: {}",
            moment(side.time),
            signers.join(" and "),
            thing(side.thing)
        )?;
    }
    writeln!(to)?;
    writeln!(to, "{}", proved(found.kind))?;
    writeln!(
        to,
        "Names are what the device says that saved the file; times are what each author's device said."
    )
}

fn signer(found: &Contradiction, signer: &Signer) -> String {
    match signer {
        Signer::Device(device) => named(found.person(device), device),
        Signer::Director(organisation) => {
            let organisation = found.directory.organisation(organisation);
            let name = organisation.map_or("", |one| one.name.as_str());
            format!("a director of {name}")
        }
        Signer::Root => "the root of the deployment".to_owned(),
    }
}

fn thing(thing: Thing) -> String {
    match thing {
        Thing::Entry(place) => format!("entry {place} of the list of members"),
        Thing::Statement => "a statement of keys".to_owned(),
        Thing::Snapshot => "a snapshot of the list of members".to_owned(),
        Thing::Event(place) => format!("an event, their number {place} of this dossier"),
        Thing::Link(place) => format!("link {place} of who has access to this dossier"),
    }
}

fn proved(kind: Kind) -> String {
    match kind {
        Kind::TwoDirectories(place) => format!(
            "PROVED: there are two lists of members. They differ in entry {place}. An honest server shows everybody the same one."
        ),
        Kind::TwoChains(dossier, place) => format!(
            "PROVED: there are two lists of who has access to dossier {}. They differ in link {place}.",
            number(&dossier)
        ),
        Kind::TwoEvents(dossier, place) => format!(
            "PROVED: one device made two different events of dossier {} with the number {place}. It was copied, or somebody misuses it.",
            number(&dossier)
        ),
    }
}

/// Whether the code that was given, if one was, is that of this deployment.
fn is_same(code: Option<&OsStr>, genesis: &GenesisHash) -> Option<bool> {
    code.map(|code| digits(&code.to_string_lossy()) == digits(&control_code(&genesis.0)))
}

const fn compared(same: Option<bool>) -> &'static str {
    match same {
        Some(true) => "is the one that you gave",
        Some(false) => "IS NOT THE ONE THAT YOU GAVE",
        None => "compare it with that of the desk",
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn print(report: &Report, same: Option<bool>, to: &mut impl Write) -> Result<()> {
    let code = control_code(&report.genesis.0);
    writeln!(to, "Dossier       {}", number(&report.dossier))?;
    writeln!(to, "Deployment    {code} ({})", compared(same))?;
    writeln!(to, "Saved by      {}", who(report, &report.exporter))?;
    writeln!(to, "Saved on      {}", moment(report.time))?;
    writeln!(
        to,
        "Directory     {} entries hold",
        report.directory.length()
    )?;
    writeln!(to)?;
    for line in &report.lines {
        writeln!(
            to,
            "{}  {:<12}  {:<24}  {}",
            moment(line.time),
            verdict(line.verdict),
            what(line),
            who(report, &line.author)
        )?;
    }
    writeln!(to)?;
    for finding in &report.findings {
        writeln!(to, "WRONG: {}", found(report, finding))?;
    }
    for line in &report.lines {
        if let Verdict::Broken(rule) = line.verdict {
            writeln!(to, "WRONG: {} of {}: {rule}", what(line), moment(line.time))?;
        }
    }
    let last = if report.is_broken() {
        "Something is wrong."
    } else if report.is_sound() {
        "Everything holds."
    } else {
        "Nothing is wrong; not everything could be checked."
    };
    writeln!(to, "{last}")?;
    writeln!(
        to,
        "Names are what the device says that saved the file; times are what each author's device said."
    )?;
    writeln!(
        to,
        "What was left off at the end of an author's row leaves no gap: ask each author for a file of their own."
    )
}

/// Name, organisation and device.
fn who(report: &Report, device: &DeviceId) -> String {
    named(report.person(device), device)
}

fn named(person: Option<(&str, &str)>, device: &DeviceId) -> String {
    let [a, b, c, d, ..] = device.0;
    let device_name = format!("device {a:02x}{b:02x}{c:02x}{d:02x}");
    match person {
        Some((name, organisation)) => format!("{name}, {organisation}, {device_name}"),
        None => device_name,
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::KeptBack => "vouched for",
        Verdict::Unvouched => "open",
        Verdict::AuthorGone => "open: gone",
        Verdict::Broken(_) => "WRONG",
    }
}

fn what(line: &Line) -> String {
    let words = match line.what {
        What::Access(Action::Create) => "access: dossier created",
        What::Access(Action::Rotate) => "access: keys renewed",
        What::Access(Action::Grant) => "access: given",
        What::Access(Action::Revoke) => "access: taken back",
        What::Access(Action::Frontier) => "access: state accepted",
        What::Event(_, kind) => return event(kind),
    };
    words.to_owned()
}

/// The events of docs/protocol.md 6.4.
fn event(kind: u16) -> String {
    let words = match kind {
        0x0001 => "dossier opened",
        0x0101 => "message taken in",
        0x0102 => "reply sent",
        0x0103 => "echo sent",
        0x0104 => "receipt sent",
        0x0105 => "reply moved",
        0x0201 => "note added",
        0x0301 => "field set",
        0x0401 => "messages seen",
        0x0402 => "state seen",
        0x0501 => "terms of access",
        0x0502 => "access answered",
        _ => return format!("event 0x{kind:04x}"),
    };
    words.to_owned()
}

fn found(report: &Report, finding: &Finding) -> String {
    match finding {
        Finding::Missing { event, named_by } => {
            format!(
                "event {} is not in the file; event {} builds on it",
                short(&event.0),
                short(&named_by.0)
            )
        }
        Finding::Gap { author, author_seq } => format!(
            "number {author_seq} of {} is not in the file",
            who(report, &DeviceId(author.0))
        ),
        Finding::Equivocation {
            author, author_seq, ..
        } => format!(
            "{} made two events with number {author_seq}",
            who(report, &DeviceId(author.0))
        ),
        Finding::Misnumbered { event } => {
            format!(
                "event {} has a number that what is before it does not allow",
                short(&event.0)
            )
        }
    }
}

fn short(hash: &[u8; 32]) -> String {
    let [a, b, c, d, ..] = hash;
    format!("{a:02x}{b:02x}{c:02x}{d:02x}")
}

/// Date and time (UTC), by the calendar of days since 1 March of the year 0.
fn moment(time: UnixTime) -> String {
    let (days, second) = (time.0 / 86_400 + 719_468, time.0 % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = era * 400 + year + later;
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, said) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_400, "2000-02-29 00:00:00"),
            (1_709_251_199, "2024-02-29 23:59:59"),
            (1_795_262_700, "2026-11-21 12:05:00"),
            (4_107_542_400, "2100-03-01 00:00:00"),
        ] {
            assert_eq!(moment(UnixTime(seconds)), said);
        }
    }
}
