//! Somebody who writes: what the reporter's page does, without the page.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "whatever goes wrong here is a failed test"
)]

use std::rc::Rc;

use sluis_directory::evidence::{TrustedTable, verify_evidence};
use sluis_directory::snapshot::Line;
use sluis_protocol::conversation::{
    Conversation, Destination, Message, MessageId, Part, ReporterKeys, Thread, seal_intake,
};
use sluis_protocol::engine::Reply;
use sluis_protocol::primitives::secret::SecretKey;
use sluis_protocol::words::{Code, MasterKey, WordList};
use sluis_wire::address::{GenesisHash, TeamId};
use sluis_wire::api::{
    BoardPage, BoardRead, Call, ChallengeRead, Evidence, EvidenceRead, IntakePost, IntakeReceipt,
    Problem,
};
use sluis_wire::pow::{Challenge, Search, Solution, Workbench};

use super::world::{Clock, Transport, body_of, decode};
use super::{Chance, chance};

/// One person who writes, in one sitting or more.
pub struct Reporter {
    /// The keys behind the words.
    pub keys: ReporterKeys,
    /// The road to the relay.
    pub transport: Rc<dyn Transport>,
    /// The clock of their phone.
    pub clock: Clock,
    genesis: GenesisHash,
    rng: Chance,
    thread: Thread,
    seen_to: u64,
    read_below: u32,
}

/// Why something did not reach the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// No connection.
    Lost,
    /// The relay said so.
    Problem(Problem),
    /// What the relay says about whom to write to cannot be believed.
    Evidence(sluis_directory::evidence::EvidenceError),
}

impl Reporter {
    /// Somebody whose keys come from chance, without words: quick.
    #[must_use]
    pub fn new(
        genesis: GenesisHash,
        transport: Rc<dyn Transport>,
        clock: Clock,
        seed: u64,
    ) -> Self {
        let mut rng = chance(seed ^ 0x5eed_0000);
        let master: MasterKey = SecretKey::generate(&mut rng);
        Self::with(&master, genesis, transport, clock, rng)
    }

    /// Somebody with eight new words, which are stretched for real.
    #[must_use]
    pub fn with_words(
        genesis: GenesisHash,
        transport: Rc<dyn Transport>,
        clock: Clock,
        seed: u64,
    ) -> (Self, String) {
        let mut rng = chance(seed);
        let code = Code::generate(&mut rng);
        let words = code.words(&WordList::dutch()).join(" ");
        let master = code.stretch(&genesis.0).expect("memory");
        (Self::with(&master, genesis, transport, clock, rng), words)
    }

    /// Somebody who comes back with their words, on a phone that knows nothing.
    #[must_use]
    pub fn return_with(
        words: &str,
        genesis: GenesisHash,
        transport: Rc<dyn Transport>,
        clock: Clock,
        seed: u64,
    ) -> Self {
        let code = Code::parse(words, &[&WordList::dutch()]).expect("eight words that check");
        let master = code.stretch(&genesis.0).expect("memory");
        Self::with(&master, genesis, transport, clock, chance(seed))
    }

    fn with(
        master: &MasterKey,
        genesis: GenesisHash,
        transport: Rc<dyn Transport>,
        clock: Clock,
        rng: Chance,
    ) -> Self {
        Self {
            keys: ReporterKeys::derive(master),
            transport,
            clock,
            genesis,
            rng,
            thread: Thread::new(genesis, None),
            seen_to: 0,
            read_below: 0,
        }
    }

    fn call<C: Call>(&self, call: &C) -> Result<C::Answer, Failed> {
        match self.transport.send(C::PATH, &body_of(call), None) {
            Reply::Answer(body) => Ok(decode::<C>(&body)),
            Reply::Problem(problem) => Err(Failed::Problem(problem)),
            Reply::Lost => Err(Failed::Lost),
        }
    }

    /// The deployment.
    #[must_use]
    pub fn genesis(&self) -> GenesisHash {
        self.genesis
    }

    /// Whom one can write to, believed.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn evidence(&self) -> Result<TrustedTable, Failed> {
        let evidence: Evidence = self.call(&EvidenceRead)?;
        verify_evidence(&evidence, &self.genesis, self.clock.now()).map_err(Failed::Evidence)
    }

    /// The entries of a message to a line, sealed.
    ///
    /// # Panics
    /// When the text is too long.
    #[must_use]
    pub fn seal(&mut self, table: &TrustedTable, line: &Line, message: &Message) -> Vec<Vec<u8>> {
        let to = Destination::new(table, line).expect("a line with a key");
        let fragments = message.fragments().expect("not too long");
        let seal =
            |fragment| seal_intake(&self.keys, &to, fragment, &mut self.rng).expect("it fits");
        fragments.iter().map(seal).collect()
    }

    /// Solves a new challenge.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn work(&self) -> Result<Solution, Failed> {
        Ok(solve(self.call(&ChallengeRead)?))
    }

    /// Posts one sealed entry, with work of its own.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn post(&self, envelope: Vec<u8>) -> Result<IntakeReceipt, Failed> {
        let solution = self.work()?;
        self.call(&IntakePost { solution, envelope })
    }

    /// Makes a message of a text and other parts.
    #[must_use]
    pub fn message(&mut self, text: &str, parts: Vec<Part>) -> Message {
        let ack = Part::Ack(self.read_below);
        let parts = parts.into_iter().chain([ack]).collect();
        Message {
            id: MessageId::generate(&mut self.rng),
            time: self.clock.now(),
            text: text.into(),
            parts,
        }
    }

    /// Writes to the line whose name holds `line`, over a good road.
    ///
    /// # Panics
    /// When it does not arrive.
    pub fn write(&mut self, line: &str, text: &str) -> MessageId {
        self.write_parts(line, text, Vec::new())
    }

    /// As [`Self::write`], with other parts beside the text.
    ///
    /// # Panics
    /// When it does not arrive.
    pub fn write_parts(&mut self, line: &str, text: &str, parts: Vec<Part>) -> MessageId {
        let table = self.evidence().expect("evidence that holds");
        let named = table.lines.iter().find(|known| known.name.contains(line));
        let Some(to) = named.cloned() else {
            panic!("no line is called {line}")
        };
        let message = self.message(text, parts);
        for envelope in self.seal(&table, &to, &message) {
            let receipt = self.post(envelope);
            assert!(receipt.is_ok(), "{receipt:?}");
        }
        message.id
    }

    /// Reads the board and says what has been said.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn look(&mut self) -> Result<Conversation, Failed> {
        let table = self.evidence()?;
        loop {
            let call = BoardRead {
                page: self.keys.page(),
                bits: table.page_bits,
                after: self.seen_to,
            };
            let page: BoardPage = self.call(&call)?;
            self.thread.take(&self.keys, &page.entries);
            self.seen_to = page.cursor.max(self.seen_to);
            if page.entries.is_empty() || page.cursor >= page.version {
                break;
            }
        }
        let said = self.thread.read(&table.lines);
        self.read_below = said.next;
        Ok(said)
    }

    /// The team of a line.
    ///
    /// # Panics
    /// When there is none of that name.
    #[must_use]
    pub fn team(&self, line: &str) -> TeamId {
        let table = self.evidence().expect("evidence that holds");
        let named = table.lines.iter().find(|known| known.name.contains(line));
        named.expect("a line of that name").team
    }
}

/// Does the work that a challenge asks for.
#[must_use]
pub fn solve(challenge: Challenge) -> Solution {
    let mut bench = Workbench::new();
    let mut search = Search::new(challenge).expect("no more work than a client does");
    loop {
        if let Some(solution) = search.step(&mut bench).expect("fixed parameters") {
            return solution;
        }
    }
}
