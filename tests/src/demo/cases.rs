//! The fictional dossiers of the demonstration. Nobody in them exists, and nothing in them happened.

use sluis_domain::vocabulary::{
    Category as C, Kind, Level as L, Origin, Status as S, Subcategory as Sub,
};

/// One step in a conversation, with the hours since the step before.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    /// The reporter writes.
    Says(u16, &'static str),
    /// The team answers.
    Answers(u16, &'static str),
    /// Somebody makes a note.
    Notes(u16, &'static str),
}
use Turn::{Answers, Notes, Says};

/// One dossier.
pub(super) struct Case {
    /// Days before today at which it began.
    pub(super) days: u16,
    /// Which line: the centre's or one of the two federations'.
    pub(super) line: usize,
    pub(super) origin: Origin,
    pub(super) kind: Kind,
    pub(super) class: Option<(C, Option<Sub>)>,
    pub(super) sport: &'static str,
    pub(super) level: Option<L>,
    pub(super) status: S,
    /// Who handles it, by place in the list of people.
    pub(super) handler: Option<usize>,
    /// The first story, as the team wrote it down; empty where the chat itself is enough.
    pub(super) story: &'static str,
    pub(super) asked: &'static str,
    pub(super) turns: &'static [Turn],
}

const fn chat(days: u16, line: usize, kind: Kind, status: S, turns: &'static [Turn]) -> Case {
    Case {
        days,
        line,
        origin: Origin::Chat,
        kind,
        class: None,
        sport: "",
        level: None,
        status,
        handler: None,
        story: "",
        asked: "",
        turns,
    }
}

const fn hand(
    days: u16,
    line: usize,
    origin: Origin,
    kind: Kind,
    status: S,
    turns: &'static [Turn],
) -> Case {
    Case {
        origin,
        ..chat(days, line, kind, status, turns)
    }
}

impl Case {
    const fn about(
        self,
        category: C,
        sub: Option<Sub>,
        sport: &'static str,
        level: Option<L>,
    ) -> Self {
        Self {
            class: Some((category, sub)),
            sport,
            level,
            ..self
        }
    }

    const fn by(self, handler: usize) -> Self {
        Self {
            handler: Some(handler),
            ..self
        }
    }

    const fn told(self, story: &'static str, asked: &'static str) -> Self {
        Self {
            story,
            asked,
            ..self
        }
    }
}

/// All of them, in no order.
pub(super) fn cases() -> Vec<Case> {
    let mut all = Vec::from(chats());
    all.extend(by_hand());
    all
}

#[expect(clippy::too_many_lines, reason = "a list")]
fn chats() -> [Case; 25] {
    use Kind::{Advice, Report};
    [
        chat(0, 0, Report, S::New, &[
            Says(0, "Hoi. Ik weet niet zeker of dit hier hoort. Onze trainer maakt steeds grapjes over mijn lijf waar iedereen bij is. Ik vind het niet fijn meer."),
            Says(1, "Ik wil liever niet dat hij weet dat ik dit schrijf."),
        ]),
        chat(0, 1, Advice, S::New, &[
            Says(0, "Wij zijn een kleine vereniging en willen een vertrouwenspersoon aanstellen. Waar moeten we op letten?"),
        ]),
        chat(1, 2, Report, S::New, &[
            Says(0, "Bij een wedstrijd van de jeugd riep een ouder steeds lelijke dingen over de afkomst van een speler. De begeleiding deed niets."),
        ]),
        chat(2, 0, Report, S::New, &[
            Says(0, "Ik kreeg een bericht met de vraag of ik wil vertellen wie er zondag niet speelt. Ze bieden geld. Ik heb niet geantwoord."),
        ]),
        chat(3, 0, Report, S::InProgress, &[
            Says(0, "Op trainingskamp moesten we van de begeleiding onze telefoons inleveren en mochten we niet naar huis bellen. Een paar van ons zijn veertien."),
            Answers(5, "Dank je dat je dit vertelt. We nemen het serieus. Weet je hoeveel dagen dat zo was, en was er iemand bij wie je terechtkon?"),
            Says(20, "Vier dagen. Er was wel een masseur, maar die hoort bij hetzelfde team."),
        ]).about(C::Transgressive, Some(Sub::Emotional), "Turnen", Some(L::Talent)).by(2),
        chat(5, 1, Report, S::WaitingForReporter, &[
            Says(0, "Mijn dochter wordt al maanden buitengesloten in haar team. De coach zegt dat ze zich niet moet aanstellen."),
            Answers(8, "Wat vervelend voor jullie. Heeft je dochter zelf verteld wat zij nodig heeft? En mogen we vragen hoe oud ze is?"),
        ]).about(C::Transgressive, Some(Sub::Bullying), "Baanwielrennen", Some(L::Competition)).by(3),
        chat(6, 0, Report, S::WaitingForReporter, &[
            Says(0, "In onze selectie wordt verwacht dat je pijnstillers slikt om te kunnen trainen. Ik heb nee gezegd en sta nu reserve."),
            Answers(3, "Goed dat je nee hebt gezegd, en goed dat je dit meldt. Wie verwacht dat van jullie? Je hoeft geen namen te noemen."),
            Says(30, "De assistent. Hij heeft altijd een doosje bij zich."),
            Answers(6, "Dank je. Is er een arts aan de ploeg verbonden die hiervan weet?"),
        ]).about(C::Substances, Some(Sub::Supply), "Roeien", Some(L::Elite)).by(2),
        chat(8, 2, Report, S::InProgress, &[
            Says(0, "De scheidsrechter en een teamleider zijn familie van elkaar. Dat weet bijna niemand. Volgens mij hoort dat niet."),
            Answers(12, "Dank je voor je bericht. We kijken na wat de regels daarover zeggen en komen bij je terug."),
            Notes(2, "Reglement nagezocht: aanwijzing van officials loopt via de competitieleider. Navragen."),
            Answers(48, "We hebben het nagevraagd. Er geldt een meldplicht. We pakken dit op zonder te zeggen van wie het komt."),
            Says(10, "Fijn, dank je wel. Dan wacht ik af."),
        ]).about(C::Integrity, Some(Sub::ConflictOfInterest), "Zaalvoetbal", Some(L::Competition)).by(5),
        chat(10, 0, Advice, S::Closed, &[
            Says(0, "Mogen wij als club om een VOG vragen bij vrijwilligers die alleen de bar draaien?"),
            Answers(4, "Dat mag. Nodig is het alleen bij wie met minderjarigen werkt, maar veel clubs vragen het van iedereen. Voor vrijwilligers kan het vaak gratis."),
            Says(2, "Duidelijk, dank!"),
        ]).about(C::Other, Some(Sub::Other), "Tennis", Some(L::Recreational)).by(1),
        chat(12, 1, Report, S::Read, &[
            Says(0, "Er gaat een groepsapp rond met foto's van sporters uit de kleedkamer. Niet bloot, wel zonder toestemming."),
        ]).about(C::Integrity, Some(Sub::Privacy), "Baanwielrennen", Some(L::Talent)),
        chat(14, 0, Report, S::InProgress, &[
            Says(0, "Onze coach schreeuwt en gooit met spullen als we verliezen. Vorige week vlak langs mijn hoofd."),
            Answers(2, "Dat klinkt heftig. Ben je nu veilig, en wil je daar morgen weer heen?"),
            Says(3, "Ja hoor, ik ben thuis. Ik ga deze week niet."),
            Answers(1, "Verstandig. We willen graag weten of het bestuur hiervan op de hoogte is."),
            Says(26, "De voorzitter stond erbij en keek weg."),
            Notes(4, "Tweede bericht over deze club dit jaar. Overleg met Youssef gepland."),
        ]).about(C::Transgressive, Some(Sub::Violence), "Handbal", Some(L::Competition)).by(2),
        chat(17, 2, Report, S::InProgress, &[
            Says(0, "Ik hoorde dat twee spelers in de rust al wisten wat de eindstand moest worden."),
            Answers(9, "Dank je. Kun je vertellen om welke wedstrijd het ging en hoe je dit hoorde?"),
            Says(40, "De uitwedstrijd begin november. Ik stond naast ze in de gang."),
            Answers(5, "Dat is belangrijk. We overleggen met het centrum. Praat er nu niet over met anderen in de club."),
        ]).about(C::MatchFixing, Some(Sub::Bribery), "Zaalvoetbal", Some(L::Competition)).by(5),
        chat(20, 0, Report, S::Referred, &[
            Says(0, "Een trainer stuurt 's avonds laat berichten naar meisjes uit het team. Ze zijn vijftien. Eén heeft het mij verteld."),
            Answers(1, "Goed dat ze het jou verteld heeft, en dat jij het hier vertelt. Is zij nu veilig? Bij direct gevaar: bel 112."),
            Says(2, "Ja, ze is thuis bij haar ouders. Die weten het sinds gisteren."),
            Answers(2, "Fijn. We willen samen met jullie bekijken of de politie kan meedenken. Dat beslissen zij zelf. Mogen de ouders ons bellen?"),
            Says(20, "Ze bellen morgen."),
            Notes(24, "Ouders gesproken. Zij gaan zelf naar de politie; wij wachten met eigen stappen tot na dat gesprek."),
            Answers(3, "De ouders hebben de volgende stap gezet. Wij blijven bereikbaar, ook voor jou."),
        ]).about(C::Transgressive, Some(Sub::Sexual), "Zwemmen", Some(L::Competition)).by(0),
        chat(23, 1, Report, S::Stopped, &[
            Says(0, "Ik wil melden dat er geld weg is uit de kas van onze afdeling."),
            Answers(10, "Dank je. Weet je of de kascommissie ernaar heeft gekeken?"),
            Says(70, "Het bleek een boekingsfout. Jullie hoeven niets meer te doen. Sorry!"),
            Answers(4, "Geen sorry nodig. We laten het hierbij."),
        ]).about(C::Integrity, Some(Sub::Fraud), "Skeeleren", Some(L::Recreational)).by(3),
        chat(27, 0, Report, S::InProgress, &[
            Says(0, "Ik train in een rolstoel. Bij de nieuwe hal kan ik niet naar binnen en de club zegt dat er geen geld is voor een oplossing."),
            Answers(15, "Wat vervelend. We kunnen met je meedenken wie hier iets aan kan doen. In welke gemeente is het?"),
            Says(30, "Dat schrijf ik liever nog niet."),
            Answers(3, "Dat hoeft ook niet. Dan vertellen we je eerst welke wegen er zijn."),
            Notes(50, "Algemene informatie over toegankelijkheid verzameld."),
        ]).about(C::Transgressive, Some(Sub::Discrimination), "Rolstoelbasketbal", Some(L::Recreational)).by(2),
        chat(31, 2, Advice, S::Closed, &[
            Says(0, "Hoe vaak moeten wij onze gedragsregels bespreken met de trainers?"),
            Answers(20, "Minstens aan het begin van elk seizoen. Bespreek ook een voorbeeld: wat doe je als je iets ziet?"),
        ]).about(C::Other, None, "Volleybal", Some(L::Recreational)).by(5),
        chat(36, 0, Report, S::Closed, &[
            Says(0, "Bij ons wordt iedereen elke week gewogen met de hele groep erbij. Ik ben zestien en ik durf niets meer te eten op maandag."),
            Answers(2, "Dank je wel dat je dit deelt. Dat hoort niet zo. Heb je thuis of bij de huisarts iemand met wie je hierover praat?"),
            Says(8, "Met mijn tante. Zij zei dat ik hier moest schrijven."),
            Answers(3, "Wat goed van jullie allebei. We gaan met de club in gesprek over het wegen, zonder jouw verhaal te noemen."),
            Says(200, "Ze zijn ermee gestopt! De trainer heeft sorry gezegd tegen de groep."),
            Answers(5, "Wat een goed bericht. We sluiten dit dossier. Schrijf gerust weer als er iets is."),
        ]).about(C::Transgressive, Some(Sub::Emotional), "Turnen", Some(L::Talent)).by(2),
        chat(41, 1, Report, S::InProgress, &[
            Says(0, "Iemand uit de selectie kreeg een pakje met ampullen van een man die altijd bij de wedstrijden staat."),
            Answers(4, "Dank je. Dit delen we, als jij dat goed vindt, met de mensen die hierover gaan. Mag dat?"),
            Says(16, "Ja, als mijn naam er niet bij staat."),
            Answers(2, "Die kennen we niet, en die vragen we ook niet."),
            Notes(30, "Overlegd met de dopingautoriteit, zonder herkomst. Zij nemen het mee."),
        ]).about(C::Substances, Some(Sub::Doping), "Baanwielrennen", Some(L::Elite)).by(3),
        chat(47, 0, Report, S::Closed, &[
            Says(0, "Er staat een foto van mijn zoontje op de site van de club. Ik heb daar nooit toestemming voor gegeven."),
            Answers(5, "Je kunt de club vragen de foto weg te halen; dat moeten ze dan doen. Wil je dat wij helpen met die vraag?"),
            Says(4, "Nee, dat lukt me wel. Dank."),
            Says(90, "Hij is eraf."),
            Answers(10, "Mooi zo. We sluiten dit af."),
        ]).about(C::Integrity, Some(Sub::Privacy), "Judo", Some(L::Recreational)).by(1),
        chat(52, 0, Report, S::InProgress, &[
            Says(0, "Iemand van vroeger uit mijn team volgt mij. Hij staat bij elke training langs de kant, ook nu ik van club ben veranderd."),
            Answers(1, "Dat is naar. Voel je je nu veilig? Bij direct gevaar kun je 112 bellen."),
            Says(5, "Nu wel. Ik ga niet meer alleen."),
            Answers(3, "Goed. Houd bij wanneer het gebeurt, met datum en tijd. Wil je dat wij met je nieuwe club praten?"),
            Says(60, "Ja, dat is goed. Maar alleen met de voorzitter."),
            Notes(20, "Voorzitter gesproken, afspraken over toegang tot het terrein."),
            Answers(6, "De voorzitter weet ervan en let mee op. Laat je ons weten hoe het gaat?"),
            Says(300, "Het is rustiger nu. Ik meld me als het weer begint."),
        ]).about(C::Transgressive, Some(Sub::Stalking), "Hockey", Some(L::Competition)).by(0),
        chat(58, 2, Report, S::Closed, &[
            Says(0, "Een official dronk tijdens de wedstrijd."),
            Answers(30, "Dank je voor de melding. We nemen dit op met de coördinator van de officials."),
            Notes(72, "Official aangesproken, erkent het. Gesprek vastgelegd."),
            Answers(2, "Er is een gesprek geweest en er zijn afspraken gemaakt. Dank dat je het liet weten."),
        ]).about(C::Integrity, Some(Sub::ConductOfOfficial), "Volleybal", Some(L::Competition)).by(5),
        chat(64, 0, Report, S::Referred, &[
            Says(0, "Spelers van ons wedden op onze eigen wedstrijden. Ze laten het gewoon zien in de kleedkamer."),
            Answers(6, "Dank je. Zelf wedden op eigen wedstrijden mag niet. Weet je via welke weg dat gaat?"),
            Says(12, "Een app op hun telefoon."),
            Answers(24, "We geven dit door aan de instantie die dit onderzoekt. Jij staat daar niet bij."),
        ]).about(C::MatchFixing, Some(Sub::Betting), "Tafeltennis", Some(L::Elite)).by(1),
        chat(71, 1, Report, S::Closed, &[
            Says(0, "Op het trainingskamp werd door begeleiders veel gedronken terwijl zij de minderjarigen moesten rijden."),
            Answers(3, "Dank je. Is er iets gebeurd, of is iedereen goed thuisgekomen?"),
            Says(9, "Iedereen is thuis. Maar het kan zo niet."),
            Answers(20, "Mee eens. De bond heeft de leiding van het kamp gesproken. Er komt een vaste regel over alcohol en rijden."),
        ]).about(C::Substances, Some(Sub::Drugs), "Skeeleren", Some(L::Talent)).by(3),
        chat(80, 0, Report, S::Closed, &[
            Says(0, "Mijn trainer zegt dat ik zonder hem niets ben en dat ik met niemand anders mag trainen."),
            Answers(2, "Dat klinkt alsof je klein gehouden wordt. Met wie praat je hier verder over?"),
            Says(50, "Met jullie. Verder niet."),
            Answers(4, "Dank je voor je vertrouwen. Er zijn ook mensen die dichter bij je kunnen zijn. Zullen we een vertrouwenspersoon voor je zoeken?"),
            Says(120, "Ik heb iemand gevonden bij mijn nieuwe club. Het gaat beter."),
            Answers(8, "Wat fijn om te lezen. We sluiten dit dossier; je woorden blijven nog een tijd werken."),
        ]).about(C::Transgressive, Some(Sub::Emotional), "Schaatsen", Some(L::Elite)).by(2),
        chat(86, 2, Report, S::Closed, &[
            Says(0, "Er wordt voor een wedstrijd door gegeven wie er niet speelt, tegen betaling."),
            Answers(7, "Dank je. Weet je aan wie?"),
            Says(30, "Nee, dat weet ik niet."),
            Answers(60, "We hebben het besproken met de teamleiding. Meer kunnen we nu niet doen. Schrijf ons als je meer hoort."),
        ]).about(C::MatchFixing, Some(Sub::InsideInformation), "Zaalvoetbal", Some(L::Competition)).by(5),
    ]
}

fn by_hand() -> [Case; 16] {
    use Kind::{Advice, Report};
    use Origin::{Email, InPerson, Phone};
    [
        hand(0, 0, Phone, Report, S::InProgress, &[Notes(1, "Vanmiddag terugbellen; liever na 16.00 uur.")])
            .about(C::Transgressive, Some(Sub::Bullying), "Korfbal", Some(L::Recreational)).by(2)
            .told("Moeder belt: haar zoon (11) wordt na de training opgewacht door teamgenoten.", "Ze wil weten wat de club moet doen en hoe zij dat vraagt."),
        hand(2, 1, Email, Advice, S::InProgress, &[])
            .about(C::Integrity, Some(Sub::Mismanagement), "Baanwielrennen", Some(L::Competition)).by(3)
            .told("Een bestuurslid mailt: twee bestuursleden nemen besluiten zonder de rest.", "Wat zeggen de modelstatuten hierover?"),
        hand(4, 2, Phone, Report, S::WaitingForReporter, &[Notes(3, "Voicemail ingesproken, geen naam genoemd.")])
            .about(C::Transgressive, Some(Sub::Violence), "Volleybal", Some(L::Competition)).by(5)
            .told("Na afloop van een wedstrijd is een speler geduwd door een toeschouwer.", "De beller denkt nog na of hij het wil doorzetten."),
        hand(7, 0, InPerson, Advice, S::Closed, &[Notes(2, "Checklist meegegeven.")])
            .about(C::Other, None, "Atletiek", Some(L::Recreational)).by(1)
            .told("Gesprek op een bijeenkomst: hoe stel je een gedragscode op met jeugdleden?", "Voorbeelden die kinderen begrijpen."),
        hand(9, 0, Email, Report, S::InProgress, &[Notes(20, "Ontvangst bevestigd per mail, zonder inhoud.")])
            .about(C::Integrity, Some(Sub::Fraud), "Golf", Some(L::Recreational)).by(0)
            .told("Mail met een vermoeden dat facturen voor materiaal dubbel zijn betaald.", "De schrijver wil dat een buitenstaander kijkt."),
        hand(13, 1, Phone, Report, S::Referred, &[Notes(5, "Met toestemming doorverwezen naar de vertrouwenspersoon van de club.")])
            .about(C::Transgressive, Some(Sub::Neglect), "Skeeleren", Some(L::Talent)).by(4)
            .told("Sporter moest doortrainen met een blessure; de fysiotherapeut had rust voorgeschreven.", "Iemand die meegaat naar een gesprek met de trainer."),
        hand(16, 0, Phone, Advice, S::Closed, &[])
            .about(C::Transgressive, None, "Paardensport", Some(L::Recreational)).by(2)
            .told("Een instructeur belt: mag ik een ruiter aanraken om de houding te verbeteren?", "Duidelijke afspraken voor in de les."),
        hand(19, 2, Email, Report, S::InProgress, &[Notes(40, "Gesprek gepland op donderdag.")])
            .about(C::Transgressive, Some(Sub::Discrimination), "Zaalvoetbal", Some(L::Competition)).by(5)
            .told("Teamlid krijgt opmerkingen over geloof, ook van de begeleiding.", "Dat iemand het gesprek begeleidt."),
        hand(25, 0, InPerson, Report, S::InProgress, &[Notes(1, "Verslag nagelezen door de melder."), Notes(90, "Vervolggesprek gehad. Melder wil eerst zelf met de club praten.")])
            .about(C::Transgressive, Some(Sub::Sexual), "Dansen", Some(L::Competition)).by(0)
            .told("Melder vertelt over opmerkingen en ongewenste aanrakingen tijdens de les, twee jaar geleden.", "Weten welke stappen er zijn en welke termijn daarbij hoort."),
        hand(30, 1, Email, Advice, S::Closed, &[])
            .about(C::Substances, None, "Baanwielrennen", Some(L::Talent)).by(3)
            .told("Ouder vraagt of een voedingssupplement uit de winkel veilig is.", "Waar vind ik een betrouwbare lijst?"),
        hand(35, 0, Phone, Report, S::Stopped, &[Notes(48, "Beller wil niet verder. Uitgelegd dat terugkomen altijd kan.")])
            .about(C::Transgressive, Some(Sub::Emotional), "Zwemmen", Some(L::Talent)).by(2)
            .told("Sporter wordt genegeerd door de trainer sinds een gesprek over de zware trainingen.", "Alleen een luisterend oor."),
        hand(43, 2, Phone, Advice, S::Closed, &[])
            .about(C::Other, Some(Sub::Other), "Volleybal", Some(L::Recreational)).by(5)
            .told("Vraag hoe je een incident netjes vastlegt zonder te veel persoonsgegevens.", "Een voorbeeldformulier."),
        hand(50, 0, Email, Report, S::Closed, &[Notes(100, "Club heeft het aangepast.")])
            .about(C::Integrity, Some(Sub::Privacy), "Tennis", Some(L::Recreational)).by(1)
            .told("Ledenlijst met geboortedata stond open op het internet.", "Dat het snel wordt weggehaald."),
        hand(60, 1, InPerson, Report, S::Closed, &[Notes(30, "Afgerond met een gesprek tussen beide partijen.")])
            .about(C::Integrity, Some(Sub::ConductOfOfficial), "Skeeleren", Some(L::Competition)).by(4)
            .told("Jurylid maakte een kleinerende opmerking tegen een jonge sporter.", "Excuses aan de sporter."),
        hand(75, 0, Phone, Report, S::Referred, &[Notes(4, "Met toestemming warm overgedragen aan de Dopingautoriteit.")])
            .about(C::Substances, Some(Sub::Doping), "Krachtsport", Some(L::Competition)).by(0)
            .told("Sporter hoort dat in de sportschool middelen worden verkocht die op de lijst staan.", "Dat er iemand naar kijkt, zonder dat zijn naam valt."),
        hand(88, 2, Email, Advice, S::Closed, &[])
            .about(C::MatchFixing, None, "Zaalvoetbal", Some(L::Competition)).by(5)
            .told("Teammanager vraagt welke voorlichting over matchfixing er voor spelers is.", "Iets korts voor in de kleedkamer."),
    ]
}
