//! Whether a statement can be believed: one signature, by a device that may, on the same log, for a time that may be.

use sluis_wire::api::WEEKS_AHEAD;
use sluis_wire::codec;
use sluis_wire::frame::{Frame, FrameType};
use sluis_wire::time::{DAY, UnixTime, Week};

use super::{Author, MONTH_DAYS, MonthKey, Standing, Statement, TeamIntake};
use crate::entry::{Device, DeviceKind};
use crate::error::{Error, Field, Thing};
use crate::limits::LINK;
use crate::log::check::{kem_key, refuse_if};
use crate::log::{CLOCK_TOLERANCE, Directory};
use crate::quorum::{Quorum, check_enough};
use crate::signature::{Label, VerifyingKey};
use crate::untrusted::Untrusted;

impl Statement {
    /// Reads a statement's frame.
    ///
    /// # Errors
    /// [`Error::Frame`] when it is no frame of one of the four kinds.
    pub fn parse(bytes: &[u8]) -> Result<Untrusted<Self>, Error> {
        let frame = Frame::parse(bytes)?;
        let (body, max) = (frame.body(), frame.kind().max_body_len());
        let content = match frame.kind() {
            FrameType::TeamContentStatement => Self::TeamContent(codec::decode(body, max)?),
            FrameType::TeamIntakeStatement => Self::TeamIntake(codec::decode(body, max)?),
            FrameType::MonthKeyStatement => Self::MonthKey(codec::decode(body, max)?),
            FrameType::StaffCapabilityStatement => Self::StaffCapability(codec::decode(body, max)?),
            other => {
                return Err(Error::Frame(sluis_wire::Error::WrongType {
                    found: other.number(),
                    wanted: FrameType::TeamContentStatement.number(),
                }));
            }
        };
        Ok(Untrusted { frame, content })
    }

    /// Whether the author is still a current device, and in the team that it speaks for.
    pub(crate) fn author_stays(&self, directory: &Directory) -> bool {
        directory.is_current(&self.author().device)
            && check_membership(self, directory, directory.length()).is_ok()
    }
}

impl Untrusted<Statement> {
    /// The statement, when it can be relied on at `now`: for taking it in at the relay, for sealing to its key, for a table.
    ///
    /// # Errors
    /// Those of [`Untrusted::verify_past`]; [`Error::Revoked`] or [`Error::NotInTeam`] when the author has left since,
    /// [`Error::TimeAhead`], [`Error::Expired`] and [`Error::TooEarly`] for its times.
    pub fn verify(self, directory: &Directory, now: UnixTime) -> Result<Statement, Error> {
        let statement = self.verify_past(directory)?;
        let Author { device, time, .. } = statement.author();
        directory.current_device(device)?;
        check_membership(&statement, directory, directory.length())?;
        refuse_if(time.since(now) > CLOCK_TOLERANCE, Error::TimeAhead)?;
        match &statement {
            Statement::TeamIntake(body) => check_week(body, now)?,
            Statement::MonthKey(body) => check_month(body, now)?,
            Statement::TeamContent(_) | Statement::StaffCapability(_) => {}
        }
        Ok(statement)
    }

    /// The statement, when it was in order where its author stood, whatever came later: for reading what was sealed then.
    /// A device that was revoked since can still make such statements, so nothing new may be sealed to them.
    ///
    /// # Errors
    /// [`Error::Fork`] and [`Error::Behind`] for its standing, [`Error::Unknown`], [`Error::Revoked`], [`Error::NotInTeam`] and [`Error::PaperSigner`]
    /// for its author, [`Error::SignatureMissing`] and [`Error::Signature`], [`Error::ReplyKeysDiffer`] and [`Error::Bounds`] for its content.
    pub fn verify_past(self, directory: &Directory) -> Result<Statement, Error> {
        let Self { frame, content } = self;
        let author = *content.author();
        let unknown = Error::Unknown(Thing::Device);
        let device = &directory.device(&author.device).ok_or(unknown)?.device;
        let by_author = Quorum::new(&[device.sign], 1);
        check_enough(&frame, Label::Statement, &alloc::vec![by_author])?;
        directory.check_standing(author.standing)?;
        check_author(&content, device, directory)?;
        check_content(&content, directory)?;
        Ok(content)
    }
}

impl Directory {
    /// Whether a claimed standing lies on this log. What makes the claim is the proof of a fork when it does not.
    ///
    /// # Errors
    /// [`Error::Behind`] when it lies beyond the head here, [`Error::Fork`] when another log stands there.
    pub fn check_standing(&self, standing: Standing) -> Result<(), Error> {
        if standing.seq > self.length() {
            return Err(Error::Behind {
                length: standing.seq,
            });
        }
        let same = self.hash_at(standing.seq) == Some(standing.head);
        refuse_if(!same, Error::Fork { standing })
    }
}

fn check_author(
    statement: &Statement,
    device: &Device,
    directory: &Directory,
) -> Result<(), Error> {
    let length = statement.author().standing.seq;
    refuse_if(device.kind == DeviceKind::Paper, Error::PaperSigner)?;
    refuse_if(
        !directory.device_at(&device.id, length),
        Error::Revoked(Thing::Device),
    )?;
    check_membership(statement, directory, length)
}

fn check_membership(
    statement: &Statement,
    directory: &Directory,
    length: u64,
) -> Result<(), Error> {
    let Some(team) = statement.team() else {
        return Ok(());
    };
    let author = statement.author().device;
    let within = directory.device(&author).is_some_and(|record| {
        directory
            .team_members_at(team, length)
            .contains(&record.device.member)
    });
    refuse_if(!within, Error::NotInTeam)
}

fn check_content(statement: &Statement, directory: &Directory) -> Result<(), Error> {
    match statement {
        Statement::TeamContent(body) => {
            refuse_if(body.link.len() > LINK, Error::Bounds(Field::Link))?;
            kem_key(&body.kem)
        }
        Statement::TeamIntake(body) => {
            kem_key(&body.kem)?;
            // Reporters write to teams, not to members.
            let unknown = directory.team(&body.team).is_none();
            refuse_if(unknown, Error::Unknown(Thing::Team))?;
            let length = body.author.standing.seq;
            let keys = directory.reply_keys_at(&body.team, length);
            refuse_if(
                !keys.eq(body.reply_keys.iter().copied()),
                Error::ReplyKeysDiffer,
            )
        }
        Statement::MonthKey(body) => {
            kem_key(&body.kem)?;
            let longest = body.not_before.plus(MONTH_DAYS * DAY);
            refuse_if(
                body.not_after <= body.not_before || body.not_after > longest,
                Error::Bounds(Field::Term),
            )
        }
        Statement::StaffCapability(body) => {
            VerifyingKey::parse(body.key.0)?;
            Ok(())
        }
    }
}

fn check_week(intake: &TeamIntake, now: UnixTime) -> Result<(), Error> {
    refuse_if(intake.not_after() <= now, Error::Expired)?;
    let furthest = Week::of(now.plus(CLOCK_TOLERANCE)).plus(WEEKS_AHEAD);
    refuse_if(intake.week > furthest, Error::TooEarly)
}

fn check_month(month: &MonthKey, now: UnixTime) -> Result<(), Error> {
    refuse_if(month.not_after <= now, Error::Expired)?;
    let furthest = now.plus(MONTH_DAYS * DAY);
    refuse_if(month.not_before > furthest, Error::TooEarly)
}
