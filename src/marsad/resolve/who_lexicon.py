"""The words that tell who acts: what states' forces are called, what armed groups are called, who stays unknown."""


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words of a line."""
    return frozenset(words.split())


FORCE_NOUNS = word_set(
    "jandarma army armies military forces force troops troop soldiers soldier police policeman policemen policewoman"
    " gendarmes gendarmerie navy marines paratroopers paratrooper commandos commando guards guardsmen border coast"
    " air airforce special security armed defense defence patrol patrols battalion brigade regiment squadron"
    " intelligence secret federal national ground joint counterterrorism coalition rangers troopers servicemen"
    " airstrike airstrikes strike strikes raid raids drone drones uav uavs warplane warplanes jet jets fighter"
    " aircraft plane planes helicopter helicopters gunship gunships shelling bombardment bombardments bombing"
    " bombings artillery missile missiles fire gunfire tank tanks sniper snipers shell shells attack attacks"
    " offensive assault missilestrike bulldozer bulldozers warship warships gunboat gunboats bomber bombers mortar"
    " mortars munitions regime government govt authorities occupation invaders invasion occupiers junta state"
    " administration operation operations war firing squad"
)
"""Right after a country's name or its adjective these make a mention of that state's forces."""

NOT_ALONE = word_set(
    "border coast air special armed secret national federal ground joint defence state war firing security fighter"
    " administration intelligence"
)
"""Of those, the ones that need another behind them: a border is a place, border guards are forces."""
MADE_BY = word_set("made built born held occupied controlled run speaking supplied language majority")
"""Behind a country's name and a hyphen these do not make it an actor."""

STATE_HEADS = word_set(
    "army armies military troops troop soldiers soldier police policeman policemen policewoman gendarmes"
    " gendarmerie navy marines paratroopers authorities government govt regime junta warplanes warplane airstrikes"
    " airstrike jets servicemen deputies sheriff sheriffs constables troopers soldiery rangers lawmen cops"
    " cop conscripts sergeant sergeants corporal lieutenant lieutenants personnel colonel colonels jawan jawans"
    " battalion airforce helicopters detectives"
)
"""Standing alone these mean the forces of the state that the report speaks of."""

LOCAL_HEADS = word_set(
    "police policeman policemen policewoman gendarmes authorities deputies sheriff sheriffs constables"
    " troopers lawmen cops cop detectives government"
)
"""Those that belong to the place of the event, whoever else the report names."""

STATE_BODIES = word_set("forces security force guard guards defence special state occupation administration")
"""With STATE_HEADS: what belongs to a state right after its bare name, where 'attack' or 'drone' would not."""

FORCE_PAIRS = frozenset(
    {
        ("security", "forces"),
        ("security", "force"),
        ("security", "agencies"),
        ("security", "personnel"),
        ("security", "services"),
        ("security", "officers"),
        ("armed", "forces"),
        ("government", "forces"),
        ("government", "troops"),
        ("pro", "government"),
        ("regime", "forces"),
        ("loyalist", "forces"),
        ("air", "force"),
        ("special", "forces"),
        ("coast", "guard"),
        ("border", "guards"),
        ("border", "guard"),
        ("national", "guard"),
        ("federal", "forces"),
        ("public", "force"),
        ("public", "forces"),
        ("state", "forces"),
        ("government", "soldiers"),
        ("law", "enforcement"),
    }
)
REGIME_WORDS = word_set("regime loyalist loyalists")

GROUP_NOUNS = word_set(
    "militants militant rebels rebel insurgents insurgent fighters fighter jihadists jihadist jihadis jihadi"
    " guerrillas guerrilla guerillas guerilla subversives subversive extremists extremist terrorists terrorist"
    " group groups organization organisation movement militia militias militiamen militiaman separatists"
    " separatist islamists islamist cadres combatants operatives faction cell paramilitaries"
    " mujahideen cartel gang"
)
"""What an armed group is called without its name; it means a group that the report names."""

NAMING_NOUNS = GROUP_NOUNS | word_set(
    "front army brigade brigades battalion party union command squad squads tribe clan tribesmen bandits bandit"
    " youth youths committee council league resistance force forces corps column commandos gunmen warriors herders"
    " vigilantes community mafia syndicate division company unit legion"
)
"""With a proper name beside them these make the name of a group, known or not."""

PERSON_NOUNS = word_set(
    "man men woman women boy boys girl girls person persons people individual individuals suspect suspects"
    " shooter shooters gunman gunmen assailant assailants attacker attackers teen teens teenager teenagers youth"
    " youths driver drivers father mother son sons brother brothers sister daughter husband wife citizen citizens"
    " civilian civilians resident residents villager villagers student students child children suicide perpetrator"
    " perpetrators assassin assassins hitman hitmen criminal criminals robber robbers thief thieves kidnapper"
    " kidnappers raiders raider captors mob crowd unknown unidentified someone pilot killers killer murderers"
    " cousin judge pastor preacher priest refugees refugee migrants male female males sicarios motorcyclists"
    " bikers parties workers worker doctor doctors journalist journalists farmer farmers"
)
"""People whose side the words do not tell."""

OFFICE_WORDS = word_set(
    "minister ministry ministers president spokesman spokeswoman spokesperson official officials authorities"
    " government governor mayor prosecutor prosecutors lawmaker parliament senate court embassy commander general"
    " state presidency"
)
"""In whose word it is, these speak for a state."""

ATTACKING = word_set(
    "kills killed strikes struck bombs bombed shells shelled attacks attacked hits launches launched fires fired pounds"
    " pounded raids raided bombards bombarded invades invaded assassinates assassinated targets targeted downs downed"
    " intercepts intercepted executes executed arrests arrested detains detained"
)
"""After a state's name these make it an actor and not a place."""
NOT_THE_STATE = word_set(
    "page account post kurdish rebel opposition separatist palestinian organization party group union hamas"
)
"""An 'official' or a 'spokesman' of these speaks for no state."""
LINK_TAILS = word_set(
    "linked affiliated backed allied aligned inspired supported sponsored funded trained affiliate affiliates"
    " ally allies proxy proxies sympathizers sympathisers supporters sympathizer sympathiser supporter"
)
AFFILIATE_NOUNS = word_set("affiliate branch franchise offshoot arm wing chapter")
FORMER = word_set("former formerly ex onetime erstwhile")
LINK_HEADS = frozenset(
    {
        ("linked", "to"),
        ("links", "to"),
        ("tied", "to"),
        ("ties", "to"),
        ("allied", "to"),
        ("allied", "with"),
        ("aligned", "with"),
        ("affiliated", "with"),
        ("affiliated", "to"),
        ("associated", "with"),
        ("close", "to"),
        ("backed", "by"),
        ("supported", "by"),
        ("inspired", "by"),
        ("allegiance", "to"),
        ("sympathetic", "to"),
        ("affiliate", "of"),
        ("allies", "of"),
        ("ally", "of"),
        ("offshoot", "of"),
        ("supporters", "of"),
    }
)
AGAINST = word_set("against anti fighting battling countering targeting combating non")
UNARMED = word_set("medical un aid humanitarian hospital health ground rescue media peacekeeping")
"""Before 'personnel' these make it nobody's force."""
OTHERS = word_set("civilian local village tribal clan another rival unknown unidentified other different foreign")
"""With these a group is none that the report has named."""
UNIFORM_WORDS = word_set("wearing dressed disguised uniform uniforms clad posing")
STOP_AT = word_set("wearing dressed disguised clad posing who which that traveling travelling riding armed")
ARTICLES_OF_COURSE = word_set("the its their his these those this that same said")
AMBIGUOUS_WHEN_SHOUTED = word_set(
    "is us who it ap an un of fan may mit pap adf mena far fal site dawn model plan pa aa pla map ana mir car"
    " contra fars safa fc anp sas ant cd nas sac sl cv saf amal petra ans efe wafa"
)
"""Abbreviations that are words, or other things, where a text is all capitals."""
