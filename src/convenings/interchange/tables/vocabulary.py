"""Words by which names, titles, roles and degrees are told apart, as :func:`~convenings.domain.text.fold` has them."""

from __future__ import annotations

from convenings.domain.record_values import OrganisationType
from convenings.domain.roles import Role


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


LEGAL_FORMS = words(
    "aisbl aps asbl bhd bv cic cio corp corporation cv doo eeig eg ev ggmbh gie gip gmbh inc incorporated "
    "ivzw kft kg kgaa kk limited llc llp ltd ltda mbh ngo ngos nv ohg ooo oy oyj plc pty sarl sas sasu sce "
    "scrl sgps sl slu spa srl stv vzw zrt"
)
"""Legal forms of bodies."""
BODY_TYPES: tuple[tuple[OrganisationType, str], ...] = (
    (
        "university",
        "university universitat universitaet universite universidad universita universiteit universitet "
        "univerza uni college hochschule fachhochschule polytechnic politecnico politechnika polytechnique tu",
    ),
    (
        "government body",
        "ministry ministerium ministere ministerio ministero department council government regierung "
        "gouvernement gobierno agency authority municipality shire parliament parlament parlement parlamento "
        "senate embassy botschaft ambassade embajada commission commissariat kommission comision tribunal "
        "court police directorate generalitat ayuntamiento prefecture landkreis stadt bundesministerium "
        "bundesamt landesamt behorde amt consulate treasury mairie municipio secretariat bezirksamt "
        "senatsverwaltung rathaus",
    ),
    ("foundation", "foundation stiftung fondation fundacion fundacio fondazione trust endowment"),
    (
        "association",
        "association verband verein federation foderation federacion federazione fundatia society union "
        "alliance league club coalition confederation network netzwerk reseau red bund asociacion "
        "associazione vereniging forum chamber kammer guild cooperative genossenschaft syndicat sindicato "
        "gewerkschaft initiative platform consortium brotherhood fellowship movement collective communaute "
        "comunidad lobby",
    ),
    (
        "research organisation",
        "institute institut instituto istituto laboratory laboratories laboratoire academy akademie academie "
        "observatory",
    ),
    ("media", "newspaper radio tv television broadcasting press media news magazine zeitung verlag publishing times"),
    (
        "company",
        "company companies group holdings holding partners bank insurance consulting consultants industries "
        "solutions technologies systems services enterprises airlines airways motors pharmaceuticals energy "
        "capital ventures developments properties hotels hotel studios software labs logistics architects "
        "lawyers engineering constructions construction mining petroleum telecom gruppe groupe grupo "
        "versicherung unternehmen resources investments management airport port winery brewery supermarkets "
        "retailers",
    ),
    ("political body", "party partei parti partido partito fraktion labour"),
)
"""Type of a body to the words that say so, those that say most first."""
OTHER_BODIES = words(
    "action advocates ausschuss australia australian ballet board branch business businesses campaign care "
    "center centre church city comision comite committee communities community conference corps county "
    "cricket delegation department's district division ecole education environment escuela european farmers "
    "festival football friends gallery gesellschaft gesellschaften global greenpeace growers health heritage "
    "hospital house housing industry international konferenz library members museum national nurses office "
    "opera orchestra producers program programme project racing rat regional representatives republic "
    "residents rotary roundtable rugby school schools services sport sports staff stakeholders state states "
    "surf taskforce teachers team theatre tourism town transport unesco unicef unit various veterans village "
    "workers working zentralrat zentrum zoo"
)
"""Words that only names of bodies have, of whatever type."""
HONORIFICS = words(
    "baron baroness capt cllr col count countess dame dipl doktor don dona dott dr drs dssa fr fra frau gen "
    "herr hon hr ing ir lady lord lt madame mag maj miss mlle mme monsieur mr mrs ms mx pastor pater prof "
    "professor rabbi rep rev reverend rt sen senor senora sgt sir sr sra srta"
)
"""What stands before names."""
SUFFIXES = words(
    "ac afsm am ao apm ba bed beng bfa bsc cbe ceng cfa cpa cpm dbe dds dphil dsc dvm edd edm esm esq facs "
    "frcp frs ii iii iv jd jp jr kbe kc llb llm ma mba mbe md mdb mdl med meng mep mfa mla mlc mp mph mpp "
    "mps msc msp oam obe opm pe ph.d phd phil psm qc rmit rn sc sr"
)
"""Degrees, orders and the like that follow a name, perhaps behind a comma."""
TITLE_WORDS = words(
    "abteilungsleiter administrator adviser advisor alcalde alcaldesa ambassador analyst architect archivist "
    "assistant associate attorney author bishop burgermeister burgermeisterin ceo cfo chair chairman "
    "chairperson chairwoman charge chargee chercheur chercheuse chief cio ciso cofounder commissioner consul "
    "consultant coo coordinador coordinadora coordinator councillor counsel cto curator dean delegate "
    "delegue depute deputee deputy designer developer diputada diputado directeur director directora "
    "directors directrice direktor direktorin editor engineer executive fellow founder freelance general "
    "geschaftsfuhrer geschaftsfuhrerin governor head imam inspector investigador investigadora jefa jefe "
    "journalist judge junior lawyer lead leader lecturer leiter leiterin leitung librarian maire manager "
    "managing mayor member minister ministerin ministra ministre ministro mufti officer ombudsman owner "
    "partner prasident prasidentin premier president presidenta presidente principal profesor profesora "
    "professeur professor professorin provost rapporteur rector referent referentin registrar reporter "
    "representative researcher responsable scientist secretaire secretaria secretario secretary senator "
    "senior specialist spokesman spokesperson sprecher sprecherin staatssekretar staatssekretarin strategist "
    "student supervisor teacher treasurer vice vorsitzende vorsitzender vorstand writer"
)
"""Words of what people are called by their post."""
PARTICLES = words(
    "abu af al av ben bin d da das de del dela della den der di do dos du e el i ibn l la las le los mac mc "
    "o saint st ten ter und van vom von y zu zur"
)
"""Small words within names."""
NO_NAMES = words(
    "all alle anon anonymous desconocido divers diverse diverses etc inconnu na nn no nobody none noone "
    "offen several tba tbc tbd tbdtba tbs test todos tous unbekannt unknown varios various verschiedene "
    "xx xxx"
)
"""What stands where a name would, and is none."""
GIVEN_NAMES = words(
    "aaron abigail adam adrian ahmed aisha alain alan albert alberto alejandro alessandro alex alexander "
    "alexis ali alice allan alvaro amanda amber amelia amit amy ana anders andrea andreas andrew angel "
    "angela angus anil anja anke ann anna anne anthony antje antonio arthur ashley astrid austin barbara "
    "barry beatriz ben benjamin bernard bernd betty beverly bill billy birgit bjorn bob bobby brad bradley "
    "brandon brenda brendan brian brigitte brittany bruce bryan caleb cameron carl carlos carmen carol "
    "carolyn catherine cecile celine chantal charles charlie charlotte cheryl chiara chris christelle "
    "christian christina christine christopher claire claudia clive colin corinne cornelia craig cristina "
    "cynthia damien dan daniel danielle darren dave david deborah debra deepak delphine denise dennis diana "
    "diane diego dieter dolores dominic dominique don donald donna doris dorothy douglas duncan dylan "
    "eduardo edward elena elijah elise elizabeth elke ella elodie emil emily emma enrique eric erik ernst "
    "ethan eva evelyn fabienne fatima federica felix fernando fiona florence frances francesco francisco "
    "francois francoise frank freya fritz gabriel gabriele gareth gary genevieve geoff geoffrey george "
    "gerald gilles gillian giovanni gisela giulia giuseppe glenn gloria gordon grace graham greg gregory "
    "greta guillaume gunter hannah hans harold harry hassan heather heidi heike heinz helen helene helmut "
    "henry hiroshi horst hugh ian ida ines ingrid ingvar isabel isabella isabelle isla jack jacob jacqueline "
    "jacques james jamie jan jane janet janice jason javier jean jeanne jeffrey jennifer jeremy jerome jerry "
    "jesse jessica jesus jill jim jo joan jodie joe johan john jonathan joost jordan jorg jorge jose josefa "
    "joseph joshua joyce juan judith judy julia julie juliette jurgen justin jutta karen kari karin karl "
    "katarzyna kate katherine kathleen kathryn katie katja kayla kees keith kelly ken kenji kenneth kerry "
    "kerstin kevin kimberly kirsten klaus krzysztof kurt kyle lachlan larry lars laura laure lauren laurent "
    "lawrence leigh lena leo leonie leslie li liam linda lisa logan lori luc luca lucas lucia lucie luis "
    "luisa luke lynda lynne madeleine madison magnus malcolm manfred manuel manuela mara marc marco margaret "
    "maria marie marilyn mario marion mark markus marta martha martin martine mary mason mathilde mats matt "
    "matthew matthias max megan melissa mercedes meredith mia michael michel michelle miguel mike ming "
    "mitchell mohamed mohammed monika monique murray nancy natalie natasha nathalie nathan neil nicholas "
    "nick nicolas nicole nigel nina noah ole oliver olivia olivier omar oscar otto owen pablo pamela paolo "
    "pascal patricia patrick paul pauline pawel pedro penelope peter petra phil philippe pierre pieter pilar "
    "piotr poppy priya pru rachel rafael rahul rainer raj ralf ramon randy raquel raul ravi raymond rebecca "
    "renate rene ricardo richard robert roberto robyn rocio rod roger rohan rolf ron ronald rosa ross roy "
    "roza rudiger russell ruth ryan sabine sam samantha samuel sandra sandrine sanjay sanne sara sarah scott "
    "sean sebastian sergio severine shane sharon shelley shirley silke silvia simon simone sonia sonja "
    "sophia sophie stanley stefan stefanie stephanie stephen steve steven stewart stuart sue susan susanne "
    "sven sylvie tanya ted teresa terry theo theresa thierry thomas thorsten tim timothy tobias toby tom "
    "tomasz tony torsten tracey trevor troy tyler ulrich ulrike ursula ute uwe valentina valerie veronique "
    "vicki victoria vijay vincent virginia virginie volker walter warren wayne wei wendy werner willem "
    "william willie wolfgang xavier yuki yves zachary zoe"
)
"""Usual given names of several languages, by which what may be a person or a body is taken for the one."""
_ROLES: tuple[tuple[Role, str], ...] = (
    ("moderator", "moderator|moderation|moderatorin|moderateur|moderatrice|moderador|moderadora|moderators|mod"),
    ("chair", "chair|session chair|chairperson|chairs|vorsitz|sitzungsleitung|presidence|presidencia"),
    ("keynote speaker", "keynote|keynote speaker|keynotes|keynote speakers|hauptredner|hauptrednerin"),
    (
        "speaker",
        "speaker|speakers|referent|referentin|referenten|redner|rednerin|vortragende|vortragender|ponente|"
        "ponentes|intervenant|intervenante|intervenants|orateur|oratrice|orador|oradora|sprecher|co speaker|"
        "invited speaker|lecturer|conferencier|expositor|oradores",
    ),
    ("presenter", "presenter|presenters|presentador|presentateur|presenting author"),
    ("panellist", "panelist|panellist|panelists|panellists|panel|podium|panelista|panelistas"),
    ("host", "host|hosts|gastgeber|gastgeberin|hote|anfitrion"),
    ("facilitator", "facilitator|facilitators|facilitation|animateur|animatrice|facilitador|facilitadora"),
    (
        "trainer",
        "trainer|trainers|instructor|instructors|tutor|dozent|dozentin|dozenten|formateur|formatrice|formador|teacher",
    ),
    (
        "organiser",
        "organiser|organizer|organisers|organizers|organisator|veranstalter|organisateur|organizador|"
        "organisatrice|event organiser",
    ),
    ("co-organiser", "co organiser|co organizer|mitveranstalter"),
    ("sponsor", "sponsor|sponsors|patrocinador"),
    ("discussant", "discussant|discussants|respondent"),
    ("commentator", "commentator"),
    (
        "attendee",
        "attendee|attendees|participant|participants|teilnehmer|teilnehmerin|teilnehmende|asistente|"
        "asistentes|participante|participantes|attended|present|attending|checked in|anwesend",
    ),
    ("rapporteur", "rapporteur"),
    ("author", "author|authors|autor|autorin|autoren|auteur|auteurs|autores|co author"),
    ("performer", "performer|performers|artist|artists|band|musician"),
    ("opening speaker", "opening speaker|opening|welcome"),
    ("guest of honour", "guest of honour|guest of honor"),
    (
        "invitee",
        "invitee|invited|invitees|eingeladen|not attending|did not attend|no show|declined|absent|abwesend|"
        "entschuldigt|excused|apologies|regrets|not attended|waiting list|on waiting list|waitlisted",
    ),
)
ROLE_OF_WORD: dict[str, Role] = {phrase: role for role, phrases in _ROLES for phrase in phrases.split("|")}
"""What files call a role to the role."""
