"""The words by which the rules know titles, organisations, events and places, in small letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


HONORIFICS = words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron rev reverend hon honourable honorable rt "
    "shri smt sri fr sr madam madame mme mlle monsieur m herr frau señor señora sr sra srta don doña comrade "
    "ambassador excellency highness majesty eminence revd justice rabbi sheikh imam engr pastor cllr "
    "insp sgt supt canon datuk dato"
)
"""Forms of address; ``Professor`` is a title, too, where no other is given."""

TITLE_HEADS = words(
    "director chair chairman chairwoman chairperson co-chair president vice-president secretary secretary-general "
    "professor dean head founder co-founder ceo coo cto cfo cio minister manager officer adviser advisor editor "
    "researcher fellow lecturer registrar chancellor vice-chancellor coordinator co-ordinator consultant partner "
    "commissioner mayor governor ambassador representative member expert scholar analyst specialist leader "
    "senator mp "
    "champion journalist curator supervisor principal rector trustee treasurer executive economist scientist "
    "engineer "
    "designer architect lawyer activist writer author entrepreneur philanthropist spokesperson spokesman spokeswoman "
    "convenor convener facilitator deputy attaché counsellor councillor counselor delegate inspector investigator "
    "assistant student teacher strategist planner lead owner initiator programmer technologist developer evangelist "
    "ombudsman solicitor judge nurse doctor physician psychologist sociologist anthropologist historian sénateur "
    "sénatrice senateur secrétaire secretaire directeur directrice président présidente presidente presidenta "
    "directora codirector codirectora consejero consejera alcalde alcaldesa rectora ministro ministra secretario "
    "secretaria coordinador coordinadora profesor profesora catedrático catedrática jefe jefa responsable député "
    "députée maire conseiller conseillère fondateur fondatrice fundador fundadora chargé chargée professeur adjoint "
    "adjointe vice-président membre miembro ministre délégué déléguée gerente vicepresidente "
    "vicepresidenta concejal concejala diputado diputada investigador investigadora chercheur chercheuse économiste "
    "sociologue portavoz auditor accountant controller coordinateur coordinatrice maître maîtresse animateur "
    "animatrice coordonnateur coordonnatrice administrator superintendent commissioner rapporteur laureate "
    "pioneer person psychiatrist physicist chemist biologist ecologist geographer geologist archaeologist demographer "
    "statistician mathematician philosopher epidemiologist gerontologist paediatrician surgeon pharmacist midwife "
    "provost warden archivist librarian alderman reeve bishop imam campaigner farmer carer broadcaster novelist poet "
    "photographer musician campaigner organiser organizer"
)
"""Words that a title may end in, English."""
TITLE_MODIFIERS = words(
    "vice deputy executive associate assistant senior junior founding former honorary general managing chief acting "
    "national regional international global local distinguished visiting emeritus emerita adjunct interim ex past "
    "current new incoming outgoing principal lead technical financial legal public private policy programme program "
    "project research group area country european asian african head full independent special personal joint "
    "representative honourable honorable legal retired"
)
"""Words that stand before such a word or behind it."""
TITLE_WORDS = TITLE_HEADS | TITLE_MODIFIERS
TITLE_TAILS = words("general emeritus emerita elect designate générale général ejecutivo ejecutiva")
FIELDS = words(
    "research state sociology education finance economics law policy studies science sciences engineering medicine "
    "health communications communication operations strategy innovation technology development affairs history "
    "psychology anthropology geography philosophy politics mathematics physics chemistry biology computing "
    "informatics statistics design marketing fundraising partnerships programmes programs projects administration "
    "management planning data digital products product engagement external internal public human resources "
    "governance "
    "social work practice learning teaching training culture tourism sport arts music media journalism advocacy "
    "membership policy services service quality impact evaluation investment investments sustainability environment "
    "energy transport housing labour employment trade industry commerce agriculture defence foreign home justice "
    "interior security welfare philanthropy sales legal civic international global regional family gender "
    "women youth "
    "children"
)
"""What a title may be of without being of an organisation: *Professor of Sociology*, *Minister of State*."""

ORGANISATION_HEADS = words(
    "university institute institution centre center foundation ministry department dept association academy council "
    "commission committee society bureau federation agency corporation company group bank trust network union fund "
    "ltd limited inc llc plc gmbh corp co school college office laboratory laboratories lab authority alliance board "
    "embassy consulate government party hospital museum magazine organisation organization consortium chamber "
    "secretariat parliament assembly senate court service services division directorate administration partnership "
    "coalition confederation charity charities church library club team unit faculty press newspaper times "
    "daily post "
    "news tv radio observatory laboratorio institut universidad université universität "
    "universidade ministerio ministère fundación fondation stiftung asociación association centro consejo conseil "
    "comité comisión commission junta confederación fédération sociedad société laboratorio laboratoire ayuntamiento "
    "municipalidad mairie consejería dirección instituto escuela école facultad faculté colegio cámara chambre "
    "agencia agence thinktank ngo charity cooperative hub ventures holdings studio studios airlines airways "
    "insurance "
    "telecom communications mobile energy motors electronics software games pharma pharmaceuticals municipality "
    "council city county province"
) - words(
    "city county province communications energy mobile games capital post times team unit service services charity"
)
"""Words that tell a run of capitals to be an organisation."""
BODIES_OF_ONE_WORD = words(
    "unicef unesco unaids unhcr oxfam brac ashoka caritas greenpeace amnesty interpol cafod trócaire misereor cordaid "
    "hivos diakonie nesta nominet mencap barnardo samaritans centrepoint unison ofcom ofsted ofgem jisc eurostat "
    "europol eurofound frontex wikimedia mozilla tencent alibaba baidu huawei xiaomi bytedance google microsoft "
    "facebook airbnb samsung sony toyota nokia ericsson vodafone telefónica siemens bosch bertelsmann unilever nestlé "
    "danone ikea accenture deloitte mckinsey"
)
"""Well known bodies that no other word tells to be some."""
OFFICES_OF_PLACES = words(
    "mayor governor vice-governor prefect minister premier president senator mp ambassador councillor commissioner "
    "magistrate alcalde alcaldesa maire préfet préfète sénateur sénatrice député députée"
)
PLACES_OF_OFFICE = words("province county city district region prefecture state municipality territory island islands")
"""What the place is called that somebody holds such an office of, which is no body."""
UNITS = words(
    "department dept office bureau faculty school division directorate unit section institute centre center "
    "committee "
    "laboratory lab college team branch secretariat board service services consejería facultad departamento"
)
"""Organisations that mostly belong to another one."""
PARTS = words("department dept faculty school division directorate unit section college branch facultad departamento")
"""Of these, those behind which a comma may part the body that they belong to."""
COUNTRIES = words(
    "usa us uk uae china japan india france germany spain italy canada australia brazil mexico kenya ghana nepal "
    "ireland scotland wales england singapore korea vietnam thailand malaysia indonesia philippines russia ukraine "
    "poland sweden norway denmark finland netherlands belgium switzerland austria portugal greece turkey egypt "
    "nigeria africa europe asia america"
)
"""Places that stand behind bodies in lists, and are none."""
EVENT_WORDS = words(
    "workshop seminar symposium conference summit forum congress fair meeting roundtable festival webinar hackathon "
    "hackday lecture lectures training convention salon meetup dialogue colloquium panel launch ceremony session "
    "debate retreat exhibition expo assembly course visit talk unconference matinée colloque journée congreso jornada "
    "seminario taller encuentro foro simposio conferencia call camp week"
)
NO_NAME = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday the a an in on at by for from "
    "with and or but as this that these those it he she we they his her our their its my your i you there here when "
    "while after before during since until although though however moreover furthermore finally firstly secondly "
    "thirdly also meanwhile subsequently then next today yesterday tomorrow if because so thus hence all both each "
    "every some many most other another several no not what how why where which who whose one two three four "
    "five six "
    "seven eight nine ten first second third last following according speaking introduction introducing opening "
    "closing welcome keynote speech session panel track chief guest guests speaker speakers panellist panelist "
    "panellists panelists moderator participants attendees present apologies north south east west northern southern "
    "eastern western central upper lower new great republic kingdom states united european asian african american "
    "british chinese japanese indian french german spanish english australian canadian korean russian international "
    "national global world regional local public private social economic political digital open policy development "
    "technology science education health innovation inclusion poverty philanthropy community society civil affairs "
    "government report record news home about contact read more share photo image source note title release views "
    "street road avenue building house theatre cathedral "
    "hall hotel palace campus plaza square park tower room floor city town province "
    "county district region island river lake bay university institute centre center foundation project programme "
    "program initiative plan action act award prize annual day week month year christmas easter internet twitter "
    "facebook linkedin youtube email covid sustainable goals agenda art culture business industry commerce trade "
    "finance care children women youth older people la le el los las les de des du un une en por para con sin sobre"
)
"""Words in capitals that belong to no name of a person."""
PARTICLES = words("de da do dos das del della di van von der den ter bin bint ibn al el la le y e san santa st")
"""Small words inside a name."""
SPEECH = words(
    "said says stated states noted argued added explained believed believes hoped hopes stressed emphasised "
    "emphasized suggested recommended pointed remarked observed expressed indicated mentioned commented "
    "concluded announced highlighted underlined reported claimed asked agreed praised called urged warned "
    "reiterated affirmed proposed acknowledged admitted insisted maintained confirmed declared asserted "
    "replied responded described recalled presented spoke shared introduced discussed delivered gave "
    "moderated chaired welcomed opened inaugurated hosted thanked attended joined led facilitated talked "
    "addressed summarised summarized reviewed outlined demonstrated launched led participated provided "
    "exemplified"
)
"""What a person does at an event, in the past."""
SURNAMES_OF_CHINA = words(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang "
    "deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren yao shen "
    "zhong cui tan fan wan jin shi liao jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan lei long tao he "
    "mao gu hao gong shao dai mo kong xiang chang wen kang shu ge qi mei zuo niu nie ou lan yue ning chai qu ji chi "
    "bao pang dan lai tu miao tong ai bi ran lyu ouyang sima zhuge shang an lou"
)
GIVEN_SYLLABLE = (
    r"(?:er(?![a-z])|(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|"
    r"un|ia|ie|"
    r"iu|ua|ui|uo|ue|ve|a|o|e|i|u|v))"
)


@cache
def given_names() -> frozenset[str]:
    """Popular given names of many countries, folded."""
    return _table("given_names.txt")


@cache
def family_names() -> frozenset[str]:
    """Popular family names of many countries, folded."""
    return _table("family_names.txt")


def _table(name: str) -> frozenset[str]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
