"""The invented stakeholders and people of a load, marked as the demonstration's are."""

import random
from dataclasses import dataclass
from datetime import date

from progress.generated.plan import Plan, at
from stakeholders import diary
from stakeholders.actions import appoint
from stakeholders.languages import CODES, LANGUAGES
from stakeholders.models import (
    AppointmentRole,
    Capacity,
    CapacityKind,
    Duty,
    RegionalGroup,
    Stakeholder,
    StakeholderKind,
    User,
)

NAMES = {
    StakeholderKind.MEMBER_STATE: {
        "ar": "دولة مولَّدة",
        "zh-hans": "生成国家",
        "en": "Generated State",
        "fr": "État généré",
        "ru": "Сгенерированное государство",
        "es": "Estado generado",
    },
    StakeholderKind.SECRETARIAT: {
        "ar": "كيان أمانة مولَّد",
        "zh-hans": "生成秘书处实体",
        "en": "Generated Secretariat entity",
        "fr": "Entité du Secrétariat générée",
        "ru": "Сгенерированное подразделение Секретариата",
        "es": "Entidad de la Secretaría generada",
    },
    StakeholderKind.ORGANIZATION: {
        "ar": "منظمة مولَّدة",
        "zh-hans": "生成组织",
        "en": "Generated Organization",
        "fr": "Organisation générée",
        "ru": "Сгенерированная организация",
        "es": "Organización generada",
    },
    StakeholderKind.MISSION: {
        "ar": "بعثة مولَّدة",
        "zh-hans": "生成特派团",
        "en": "Generated Mission",
        "fr": "Mission générée",
        "ru": "Сгенерированная миссия",
        "es": "Misión generada",
    },
}
CODE = {
    StakeholderKind.MEMBER_STATE: "generated-state",
    StakeholderKind.SECRETARIAT: "generated-entity",
    StakeholderKind.ORGANIZATION: "generated-organization",
    StakeholderKind.MISSION: "generated-mission",
}
OFFICERS = 4
SOURCE = "Generated load"
GROUPS = [group for group in RegionalGroup.values if group != RegionalGroup.NONE]
EVERY_TENTH = 10
SEATS, PERMANENT = 15, 5
AUTHOR, APPROVER, OFFICER = "author", "approver", "officer"


@dataclass(frozen=True)
class Cast:
    """By the stakeholder's key: who writes for it, and who must agree where it wants that."""

    officers: list[User]
    authors: dict[int, User]
    approvers: dict[int, User]


def make_cast(plan: Plan, chance: random.Random) -> Cast:
    """Stakeholders with their capacities through all the years, four officers, an author for each stakeholder."""
    quarters = plan.quarters()
    since = date(quarters[0][0], quarters[0][1] * 3 - 2, 1)
    everyone = _stakeholders(plan)
    Capacity.objects.bulk_create(_capacities(everyone, since, quarters[-1][0]))
    diary.record(
        actor=None,
        verb="registry.loaded",
        subject=everyone[0],
        at=at(since, 0),
        created=len(everyone),
        changed=0,
    )
    officers = [_person(OFFICER, n, CODES[n % len(CODES)], duty=Duty.OFFICER) for n in range(1, OFFICERS + 1)]
    authors, approvers = {}, {}
    for n, who in enumerate(everyone, start=1):
        authors[who.pk] = _person(AUTHOR, n, chance.choice(CODES))
        appoint(
            person=authors[who.pk],
            stakeholder=who,
            role=AppointmentRole.AUTHOR,
            starts_on=since,
            actor=None,
            at=at(since, 0),
        )
        if who.needs_approval:
            approvers[who.pk] = _person(APPROVER, n, authors[who.pk].language)
            appoint(
                person=approvers[who.pk],
                stakeholder=who,
                role=AppointmentRole.APPROVER,
                starts_on=since,
                actor=None,
                at=at(since, 0),
            )
    return Cast(officers, authors, approvers)


def email_of(role: str, n: int) -> str:
    return f"{role}-{n:03}@generated.example"


def _person(role: str, n: int, language: str, **fields: str) -> User:
    """Nobody can log in as them: they have no password, and take no digests."""
    return User.objects.create_user(
        email_of(role, n),
        name=f"Generated {role} {n:03}",
        language=language,
        is_demonstration=True,
        wants_digests=False,
        **fields,
    )


def _stakeholders(plan: Plan) -> list[Stakeholder]:
    missions, organizations = plan.others // 12 or 1, plan.others // 2
    counts = {
        StakeholderKind.MEMBER_STATE: plan.states,
        StakeholderKind.SECRETARIAT: plan.others - organizations - missions,
        StakeholderKind.ORGANIZATION: organizations,
        StakeholderKind.MISSION: missions,
    }
    made = []
    for kind, count in counts.items():
        for n in range(1, count + 1):
            names = {f"name_{language.column}": f"{NAMES[kind][language.code]} {n:03}" for language in LANGUAGES}
            is_state = kind == StakeholderKind.MEMBER_STATE
            one = Stakeholder(
                code=f"{CODE[kind]}-{n:03}",
                kind=kind,
                regional_group=GROUPS[n % len(GROUPS)] if is_state else RegionalGroup.NONE,
                needs_approval=is_state and n % EVERY_TENTH == 0,
                is_demonstration=True,
                **names,
            )
            one.full_clean()
            made.append(one)
    return Stakeholder.objects.bulk_create(made)


def _capacities(everyone: list[Stakeholder], since: date, last_year: int) -> list[Capacity]:
    states = [who for who in everyone if who.kind == StakeholderKind.MEMBER_STATE]
    missions = [who for who in everyone if who.kind == StakeholderKind.MISSION]
    made = _seats(states, since, last_year)
    for n, who in enumerate(states):
        held = {CapacityKind.FINANCIAL_CONTRIBUTOR: True, CapacityKind.ENDORSER: n % 5 != 4}
        held |= {CapacityKind.TROOP_CONTRIBUTOR: n % 8 != 7, CapacityKind.POLICE_CONTRIBUTOR: n % 3 == 0}
        made += [_capacity(who, kind, since) for kind, is_held in held.items() if is_held]
        if missions and n % 16 == 1:
            made.append(_capacity(who, CapacityKind.HOST, since, mission=missions[n % len(missions)]))
    for who in everyone:
        if who.kind == StakeholderKind.SECRETARIAT:
            made.append(_capacity(who, CapacityKind.SECRETARIAT_LEAD, since))
        if who.kind == StakeholderKind.ORGANIZATION:
            made.append(_capacity(who, CapacityKind.ENDORSER, since))
    return made


def _seats(states: list[Stakeholder], since: date, last_year: int) -> list[Capacity]:
    """The Security Council: some for good, the others for one year after another in turn."""
    permanent, elected = states[:PERMANENT], states[PERMANENT:]
    made = [_capacity(who, CapacityKind.COUNCIL_MEMBER, since) for who in permanent]
    free = min(SEATS - PERMANENT, len(elected))
    for year in range(since.year, last_year + 1):
        turn = [elected[(year * free + n) % len(elected)] for n in range(free)]
        made += [
            _capacity(who, CapacityKind.COUNCIL_MEMBER, date(year, 1, 1), until=date(year, 12, 31)) for who in turn
        ]
    return made


def _capacity(
    who: Stakeholder,
    kind: CapacityKind,
    since: date,
    *,
    until: date | None = None,
    mission: Stakeholder | None = None,
) -> Capacity:
    return Capacity(stakeholder=who, kind=kind, starts_on=since, ends_on=until, mission=mission, source=SOURCE)
