//! The catalogue's words for what the vocabulary names.

use std::borrow::Cow;

use sluis_domain::classes::{ClassName, Classes};
use sluis_domain::people::{ClosingReason, PersonRole};
use sluis_domain::vocabulary::{
    Category, FieldName, Kind, Level, Origin, Risk, RiskGroup, Status, Subcategory, Tier,
};
use sluis_kit::i18n::{Language, Locale};
use sluis_kit::text::{common, desk, files, involved, package, people, policy, share};
use sluis_link::{AlarmKind, Fault, LegalGround, Right, StaffRole, Stage, Warning};

/// What happened and what to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// What happened.
    pub(crate) what: &'static str,
    /// What you can do now.
    pub(crate) now: &'static str,
}

pub(crate) fn kind(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Report => common::kind_report(locale),
        Kind::Advice => common::kind_advice(locale),
        // Shown with the dossier that they are about, never as one.
        Kind::Private => desk::lane_me(locale),
    }
}

pub(crate) fn origin(locale: Locale, origin: Origin) -> &'static str {
    match origin {
        Origin::Chat => desk::origin_chat(locale),
        Origin::Phone => desk::origin_phone(locale),
        Origin::Email => desk::origin_email(locale),
        Origin::InPerson => desk::origin_in_person(locale),
    }
}

pub(crate) fn category(locale: Locale, category: Category) -> &'static str {
    match category {
        Category::Transgressive => common::category_transgressive(locale),
        Category::Substances => common::category_substances(locale),
        Category::MatchFixing => common::category_match_fixing(locale),
        Category::Integrity => common::category_integrity(locale),
        Category::Other => common::category_other(locale),
    }
}

/// A subcategory as it was called in the version that it was chosen from.
pub(crate) fn subcategory(locale: Locale, classes: &Classes, sub: Subcategory) -> Cow<'_, str> {
    match classes.called(sub) {
        ClassName::BuiltIn(known) => built_in(locale, known).into(),
        ClassName::Own(names) if locale.language == Language::Nl => (&names.dutch).into(),
        ClassName::Own(names) => (&names.english).into(),
        ClassName::Unknown(code) => policy::class_unknown(locale, &code.to_string()).into(),
    }
}

/// The same, with what became of it since.
pub(crate) fn subcategory_now(locale: Locale, classes: &Classes, sub: Subcategory) -> String {
    let name = subcategory(locale, classes, sub);
    if classes.is_retired(sub) {
        policy::class_was(locale, &name)
    } else if classes.is_renamed(sub) {
        let now = subcategory(locale, classes, classes.newest(sub));
        policy::class_now(locale, &name, &now)
    } else {
        name.into_owned()
    }
}

/// A legal ground for keeping who a respondent is.
pub(crate) fn ground(locale: Locale, ground: LegalGround) -> &'static str {
    match ground {
        LegalGround::Obligation => policy::ground_obligation(locale),
        LegalGround::PublicTask => policy::ground_public_task(locale),
        LegalGround::Membership => policy::ground_membership(locale),
        LegalGround::Interest => policy::ground_interest(locale),
        LegalGround::Licence => policy::ground_licence(locale),
    }
}

fn built_in(locale: Locale, sub: Subcategory) -> &'static str {
    match sub {
        Subcategory::Sexual => common::sub_sexual(locale),
        Subcategory::Bullying => common::sub_bullying(locale),
        Subcategory::Discrimination => common::sub_discrimination(locale),
        Subcategory::Violence => common::sub_violence(locale),
        Subcategory::Emotional => common::sub_emotional(locale),
        Subcategory::Neglect => common::sub_neglect(locale),
        Subcategory::Stalking => common::sub_stalking(locale),
        Subcategory::Doping => common::sub_doping(locale),
        Subcategory::Supply => common::sub_supply(locale),
        Subcategory::Drugs => common::sub_drugs(locale),
        Subcategory::Bribery => common::sub_bribery(locale),
        Subcategory::Betting => common::sub_betting(locale),
        Subcategory::InsideInformation => common::sub_inside_information(locale),
        Subcategory::Mismanagement => common::sub_mismanagement(locale),
        Subcategory::Fraud => common::sub_fraud(locale),
        Subcategory::ConflictOfInterest => common::sub_conflict_of_interest(locale),
        Subcategory::Privacy => common::sub_privacy(locale),
        Subcategory::ConductOfOfficial => common::sub_conduct_of_official(locale),
        Subcategory::Other | Subcategory::Listed { .. } => common::sub_other(locale),
    }
}

pub(crate) fn level(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::Recreational => common::level_recreational(locale),
        Level::Competition => common::level_competition(locale),
        Level::Talent => common::level_talent(locale),
        Level::Elite => common::level_elite(locale),
    }
}

pub(crate) fn status(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::New => common::status_new(locale),
        Status::Read => common::status_read(locale),
        Status::InProgress => common::status_in_progress(locale),
        Status::WaitingForReporter => common::status_waiting_for_reporter(locale),
        Status::Referred => common::status_referred(locale),
        Status::Stopped => common::status_stopped(locale),
        Status::Closed => common::status_closed(locale),
    }
}

pub(crate) fn field(locale: Locale, name: FieldName) -> &'static str {
    match name {
        FieldName::Kind => common::kind(locale),
        FieldName::Classification => common::category(locale),
        FieldName::Federation => common::federation(locale),
        FieldName::Sport => common::sport(locale),
        FieldName::Level => common::level(locale),
        FieldName::Status => common::status(locale),
        FieldName::FirstStory => desk::first_story(locale),
        FieldName::Happened => desk::happened(locale),
        FieldName::Asked => desk::asked(locale),
        FieldName::Handler => desk::handler(locale),
        FieldName::Club => desk::club(locale),
        FieldName::Risk => desk::risk(locale),
        FieldName::Groups => desk::risk_groups(locale),
        FieldName::Tags => desk::tags(locale),
        FieldName::Tier => desk::tier(locale),
    }
}

pub(crate) fn risk(locale: Locale, risk: Risk) -> &'static str {
    match risk {
        Risk::Low => desk::risk_low(locale),
        Risk::Medium => desk::risk_medium(locale),
        Risk::High => desk::risk_high(locale),
        Risk::Acute => desk::risk_acute(locale),
    }
}

pub(crate) fn risk_group(locale: Locale, group: RiskGroup) -> &'static str {
    match group {
        RiskGroup::Minors => desk::group_minors(locale),
        RiskGroup::ProtectedAdults => desk::group_protected_adults(locale),
        RiskGroup::TopSport => desk::group_top_sport(locale),
        RiskGroup::DomesticAbuse => desk::group_domestic_abuse(locale),
        RiskGroup::CareBackground => desk::group_care_background(locale),
    }
}

pub(crate) fn tier(locale: Locale, tier: Tier) -> &'static str {
    match tier {
        Tier::All => desk::tier_all(locale),
        Tier::Pilot => desk::tier_pilot(locale),
    }
}

/// What somebody is in a dossier.
pub(crate) fn person_role(locale: Locale, role: PersonRole) -> &'static str {
    match role {
        PersonRole::Reporter => involved::role_reporter(locale),
        PersonRole::Complainant => involved::role_complainant(locale),
        PersonRole::Affected => involved::role_affected(locale),
        PersonRole::Respondent => involved::role_respondent(locale),
        PersonRole::Witness => involved::role_witness(locale),
        PersonRole::Expert => involved::role_expert(locale),
        PersonRole::Counsel => involved::role_counsel(locale),
        PersonRole::Confidant => involved::role_confidant(locale),
        PersonRole::Representative => involved::role_representative(locale),
        PersonRole::Official => involved::role_official(locale),
    }
}

/// Why a dossier is closed.
pub(crate) fn closing_reason(locale: Locale, reason: ClosingReason) -> &'static str {
    match reason {
        ClosingReason::Settled => involved::reason_settled(locale),
        ClosingReason::Referred => involved::reason_referred(locale),
        ClosingReason::Withdrawn => involved::reason_withdrawn(locale),
        ClosingReason::Silent => involved::reason_silent(locale),
        ClosingReason::OutOfScope => involved::reason_out_of_scope(locale),
        ClosingReason::Duplicate => involved::reason_duplicate(locale),
    }
}

pub(crate) fn role(locale: Locale, role: StaffRole) -> &'static str {
    match role {
        StaffRole::Director => common::role_director(locale),
        StaffRole::Coordinator => desk::role_coordinator(locale),
        StaffRole::CaseManager => common::role_case_manager(locale),
        StaffRole::ConfidentialAdviser => common::role_confidential_adviser(locale),
        StaffRole::PanelMember => people::role_panel_member(locale),
        StaffRole::BoardReader => people::role_board_reader(locale),
        StaffRole::AdvisoryMember => people::role_advisory_member(locale),
        StaffRole::Expert => people::role_expert(locale),
        StaffRole::AllFederations => people::role_all_federations(locale),
    }
}

pub(crate) fn right(locale: Locale, right: Right) -> &'static str {
    match right {
        Right::Reader => desk::right_reader(locale),
        Right::Writer => desk::right_writer(locale),
        Right::Steward => desk::right_steward(locale),
    }
}

pub(crate) fn stage(locale: Locale, stage: Stage) -> &'static str {
    match stage {
        Stage::Stretching => desk::stage_stretching(locale),
        Stage::MakingKeys => desk::stage_making_keys(locale),
        Stage::Reading => desk::stage_reading(locale),
        Stage::Syncing => desk::stage_syncing(locale),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one entry for each fault")]
pub(crate) fn fault(locale: Locale, fault: Fault) -> Advice {
    let (what, now) = match fault {
        Fault::WrongPassphrase => (
            desk::err_wrong_passphrase(locale),
            desk::rec_wrong_passphrase(locale),
        ),
        Fault::WrongSetUpCode => (
            desk::err_wrong_set_up_code(locale),
            desk::rec_wrong_set_up_code(locale),
        ),
        Fault::Incomplete => (desk::err_incomplete(locale), desk::rec_incomplete(locale)),
        Fault::Offline => (
            desk::err_no_connection(locale),
            desk::rec_no_connection(locale),
        ),
        Fault::Busy => (desk::err_busy(locale), desk::rec_busy(locale)),
        Fault::Refused => (
            desk::err_not_accepted(locale),
            desk::rec_not_accepted(locale),
        ),
        Fault::NoMemory => (desk::err_no_memory(locale), desk::rec_no_memory(locale)),
        Fault::Storage => (desk::err_storage(locale), desk::rec_storage(locale)),
        Fault::Locked => (desk::err_locked(locale), desk::rec_locked(locale)),
        Fault::NoDossier => (desk::err_no_dossier(locale), desk::rec_no_dossier(locale)),
        Fault::TooLong => (
            desk::err_text_too_long(locale),
            desk::rec_text_too_long(locale),
        ),
        Fault::NotAllowed => (desk::err_not_allowed(locale), desk::rec_not_allowed(locale)),
        Fault::TakenBack => (share::err_taken_back(locale), share::rec_taken_back(locale)),
        Fault::LastSteward => (
            share::err_last_steward(locale),
            share::rec_last_steward(locale),
        ),
        Fault::NoParty => (share::err_no_party(locale), share::rec_no_party(locale)),
        Fault::ShutOut => (share::err_shut_out(locale), share::rec_shut_out(locale)),
        Fault::DirectoryOld => (
            share::err_directory_old(locale),
            share::rec_directory_old(locale),
        ),
        Fault::StatusOnly => (
            people::err_status_only(locale),
            people::rec_status_only(locale),
        ),
        Fault::LastWitness => (
            people::err_last_witness(locale),
            people::rec_last_witness(locale),
        ),
        Fault::Outdated => (people::err_outdated(locale), people::rec_outdated(locale)),
        Fault::NoAgreement => (
            share::err_no_agreement(locale),
            share::rec_no_agreement(locale),
        ),
        Fault::DirectoryForked => (
            share::err_directory_forked(locale),
            share::rec_directory_forked(locale),
        ),
        Fault::NotOfTeam => (
            share::err_not_of_team(locale),
            share::rec_not_of_team(locale),
        ),
        Fault::NoOffer => (share::err_no_offer(locale), share::rec_no_offer(locale)),
        Fault::NewerVault => (desk::err_newer_vault(locale), desk::rec_newer_vault(locale)),
        Fault::InvitationOver => (
            people::err_invitation_over(locale),
            people::rec_invitation_over(locale),
        ),
        Fault::WordsDiffer => (
            people::err_words_differ(locale),
            people::rec_words_differ(locale),
        ),
        Fault::NotDirector => (
            people::err_not_director(locale),
            people::rec_not_director(locale),
        ),
        Fault::NotReady => (people::err_not_ready(locale), people::rec_not_ready(locale)),
        Fault::AgainstRules => (
            people::err_against_rules(locale),
            people::rec_against_rules(locale),
        ),
        Fault::RespondentUnnamed => (
            involved::err_respondent(locale),
            involved::rec_respondent(locale),
        ),
        Fault::ContactGone => (
            involved::err_contact_gone(locale),
            involved::rec_contact_gone(locale),
        ),
        Fault::ContactLeft => (
            involved::err_contact_left(locale),
            involved::rec_contact_left(locale),
        ),
        Fault::Disputed => (
            involved::err_disputed(locale),
            involved::rec_disputed(locale),
        ),
        Fault::NoPerson => (
            involved::err_no_person(locale),
            involved::rec_no_person(locale),
        ),
        Fault::Closed => (involved::err_closed(locale), involved::rec_closed(locale)),
        Fault::NoAuthenticator => (
            desk::err_no_authenticator(locale),
            desk::rec_no_authenticator(locale),
        ),
        Fault::AuthenticatorUnfit => (
            desk::err_authenticator_unfit(locale),
            desk::rec_authenticator_unfit(locale),
        ),
        Fault::NotOffered => (
            policy::err_not_offered(locale),
            policy::rec_not_offered(locale),
        ),
        Fault::SettingsMoved => (
            policy::err_settings_moved(locale),
            policy::rec_settings_moved(locale),
        ),
        Fault::FileTooLarge => (
            files::err_file_too_large(locale),
            files::rec_file_too_large(locale),
        ),
        Fault::NotCleaned => (
            files::err_not_cleaned(locale),
            files::rec_not_cleaned(locale),
        ),
        Fault::FileGone => (files::err_file_gone(locale), files::rec_file_gone(locale)),
        Fault::FileDamaged => (
            files::err_file_damaged(locale),
            files::rec_file_damaged(locale),
        ),
        Fault::PackageWords => (package::err_words(locale), package::rec_words(locale)),
        Fault::PackageNotWhole => (
            package::err_not_whole(locale),
            package::rec_not_whole(locale),
        ),
        Fault::PackageNewer => (package::err_newer(locale), package::rec_newer(locale)),
        Fault::PackageTooLarge => (
            package::err_too_large(locale),
            package::rec_too_large(locale),
        ),
        Fault::PackageShut => (package::err_shut(locale), package::rec_shut(locale)),
        Fault::PackageStrange => (package::err_strange(locale), package::rec_strange(locale)),
        Fault::Internal => (desk::err_internal(locale), desk::rec_internal(locale)),
    };
    Advice { what, now }
}

/// An alarm: what happened, what still works, what to do.
pub(crate) fn alarm(locale: Locale, alarm: AlarmKind) -> [&'static str; 3] {
    [
        alarm_what(locale, alarm),
        alarm_works(locale, alarm),
        alarm_do(locale, alarm),
    ]
}

fn alarm_what(locale: Locale, alarm: AlarmKind) -> &'static str {
    match alarm {
        AlarmKind::DirectoryFork => desk::alarm_directory_fork(locale),
        AlarmKind::DirectoryRolledBack => desk::alarm_directory_rolled_back(locale),
        AlarmKind::DirectoryRefused => desk::alarm_directory_refused(locale),
        AlarmKind::StatementRefused => desk::alarm_statement_refused(locale),
        AlarmKind::KeysWithheld => desk::alarm_keys_withheld(locale),
        AlarmKind::ServerRolledBack => desk::alarm_server_rolled_back(locale),
        AlarmKind::AnswerDamaged => desk::alarm_answer_damaged(locale),
        AlarmKind::TeamKeyWrong => desk::alarm_team_key_wrong(locale),
        AlarmKind::ControlFork => desk::alarm_control_fork(locale),
        AlarmKind::ControlRolledBack => desk::alarm_control_rolled_back(locale),
        AlarmKind::ControlRefused => desk::alarm_control_refused(locale),
        AlarmKind::WrongWrap => desk::alarm_wrong_wrap(locale),
        AlarmKind::EventMissing => desk::alarm_event_missing(locale),
        AlarmKind::OwnEventGone => desk::alarm_own_event_gone(locale),
        AlarmKind::EventRefused => desk::alarm_event_refused(locale),
        AlarmKind::Equivocation => desk::alarm_equivocation(locale),
        AlarmKind::EventsRolledBack => desk::alarm_events_rolled_back(locale),
        AlarmKind::IntakeDamaged => desk::alarm_intake_damaged(locale),
        AlarmKind::BoardTaken => desk::alarm_board_taken(locale),
        AlarmKind::VaultRolledBack => desk::alarm_vault_rolled_back(locale),
        AlarmKind::VaultDamaged => desk::alarm_vault_damaged(locale),
        AlarmKind::ContactWithheld => involved::alarm_withheld(locale),
        AlarmKind::ContactRolledBack => involved::alarm_rolled_back(locale),
        AlarmKind::ContactWrong => involved::alarm_wrong(locale),
        AlarmKind::FileMissing => files::alarm_file_missing(locale),
        AlarmKind::FileDamaged => files::alarm_file_damaged(locale),
    }
}

fn alarm_works(locale: Locale, alarm: AlarmKind) -> &'static str {
    match alarm {
        AlarmKind::ControlFork => desk::alarm_works_read_only(locale),
        AlarmKind::DirectoryFork => desk::alarm_works_sharing_off(locale),
        AlarmKind::DirectoryRolledBack | AlarmKind::DirectoryRefused => {
            desk::alarm_works_no_sharing(locale)
        }
        AlarmKind::StatementRefused | AlarmKind::IntakeDamaged => {
            desk::alarm_works_everything(locale)
        }
        AlarmKind::KeysWithheld | AlarmKind::TeamKeyWrong => desk::alarm_works_old_dossiers(locale),
        AlarmKind::ServerRolledBack
        | AlarmKind::AnswerDamaged
        | AlarmKind::OwnEventGone
        | AlarmKind::EventsRolledBack
        | AlarmKind::BoardTaken => desk::alarm_works_kept_here(locale),
        AlarmKind::ControlRolledBack
        | AlarmKind::ControlRefused
        | AlarmKind::WrongWrap
        | AlarmKind::EventMissing => desk::alarm_works_what_is_here(locale),
        AlarmKind::EventRefused
        | AlarmKind::Equivocation
        | AlarmKind::VaultDamaged
        | AlarmKind::FileMissing
        | AlarmKind::FileDamaged => desk::alarm_works_rest(locale),
        AlarmKind::VaultRolledBack => desk::alarm_works_vault(locale),
        AlarmKind::ContactWithheld | AlarmKind::ContactRolledBack | AlarmKind::ContactWrong => {
            involved::alarm_works(locale)
        }
    }
}

fn alarm_do(locale: Locale, alarm: AlarmKind) -> &'static str {
    match alarm {
        AlarmKind::DirectoryRefused
        | AlarmKind::StatementRefused
        | AlarmKind::KeysWithheld
        | AlarmKind::AnswerDamaged => desk::alarm_do_call_operator(locale),
        AlarmKind::DirectoryFork | AlarmKind::ControlFork => desk::alarm_do_save_proof(locale),
        AlarmKind::DirectoryRolledBack
        | AlarmKind::ServerRolledBack
        | AlarmKind::ControlRolledBack
        | AlarmKind::OwnEventGone
        | AlarmKind::FileMissing
        | AlarmKind::FileDamaged
        | AlarmKind::EventsRolledBack => desk::alarm_do_ask_backup(locale),
        AlarmKind::TeamKeyWrong | AlarmKind::WrongWrap => desk::alarm_do_ask_colleague(locale),
        AlarmKind::ControlRefused | AlarmKind::EventRefused => desk::alarm_do_compare(locale),
        AlarmKind::EventMissing => desk::alarm_do_wait(locale),
        AlarmKind::Equivocation => desk::alarm_do_revoke_device(locale),
        AlarmKind::IntakeDamaged => desk::alarm_do_intake(locale),
        AlarmKind::BoardTaken => desk::alarm_do_board(locale),
        AlarmKind::VaultRolledBack | AlarmKind::VaultDamaged => desk::alarm_do_vault(locale),
        AlarmKind::ContactWithheld | AlarmKind::ContactRolledBack | AlarmKind::ContactWrong => {
            involved::alarm_do(locale)
        }
    }
}

/// What still works while a warning stands.
pub(crate) fn warning_works(locale: Locale, warning: Warning) -> &'static str {
    match warning {
        Warning::OneRootKey | Warning::OneWitness | Warning::SheetUsed => {
            desk::alarm_works_everything(locale)
        }
        Warning::GenesisNotPinned => desk::warn_works_genesis(locale),
        Warning::SnapshotOld(_) => desk::warn_works_snapshot_old(locale),
        Warning::ClockOff => desk::warn_works_clock(locale),
    }
}

/// A standing warning: what is not as it should be and what to do.
pub(crate) fn warning(locale: Locale, warning: Warning) -> (String, &'static str) {
    match warning {
        Warning::OneRootKey => (
            desk::warn_one_root_key(locale).to_owned(),
            desk::warn_do_one_root_key(locale),
        ),
        Warning::OneWitness => (
            desk::warn_one_witness(locale).to_owned(),
            desk::warn_do_one_witness(locale),
        ),
        Warning::GenesisNotPinned => (
            desk::warn_genesis(locale).to_owned(),
            desk::warn_do_genesis(locale),
        ),
        Warning::SnapshotOld(days) => (
            desk::warn_snapshot_old(locale, usize::from(days)),
            desk::warn_do_snapshot_old(locale),
        ),
        Warning::SheetUsed => (
            desk::warn_sheet_used(locale).to_owned(),
            desk::warn_do_sheet_used(locale),
        ),
        Warning::ClockOff => (
            desk::warn_clock(locale).to_owned(),
            desk::warn_do_clock(locale),
        ),
    }
}
