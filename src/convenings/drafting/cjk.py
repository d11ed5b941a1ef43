"""People, titles and organisations in Chinese and Japanese: by titles, endings and labels, as no blanks part words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from convenings.drafting.organisation_list import Organisations
from convenings.drafting.people import People
from convenings.drafting.rule_words import words
from convenings.drafting.text import Block
from convenings.drafting.value import Post, Span, Value, value_at

# The Hundred Family Surnames, a classic, without those that are common words, and traditional forms.
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马"
    "苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬常于傅皮卞齐康伍余卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄"
    "米贝臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯昝管卢莫房裘缪宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井"
    "段巫乌焦巴弓牧隗谷车侯宓蓬郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹龙叶幸司韶郜黎蓟薄宿白怀蒲邰从鄂"
    "索咸籍赖卓蔺屠蒙池乔阴胥苍闻莘翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿扈燕冀郏浦尚农温庄晏柴瞿阎充慕连"
    "茹习宦艾鱼容易慎戈廖庾终暨衡耿弘匡寇禄阙欧巩聂荆游权逯盖益桓肖岳佟佘覃仝付冼阳区简"
    "張劉陳楊黃趙吳孫馬鄭謝許鄧韓馮蕭蔣餘葉蘇呂盧鍾譚陸範韋賈鄒龍湯賀顧龔萬錢戴嚴歐關羅連簡費區岳安向關江文方"
)
_DOUBLE = "欧阳|歐陽|司徒|上官|诸葛|諸葛|司马|司馬|端木|皇甫|令狐|慕容"
_NAME = (
    rf"(?:[\u4e00-\u9fff]{{1,5}}(?:·[\u4e00-\u9fff]{{1,6}}){{1,3}}|(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|"
    rf"[{_SURNAMES}][\u4e00-\u9fff](?:(?!代[为為表]|因[故病出])[\u4e00-\u9fff])?)"
)
_MODIFIERS = (
    r"(?:常务|名誉|荣誉|榮譽|执行|執行|行政|首席|高级|高級|资深|資深|联席|聯席|"
    r"创会|創會|前|原|副|总|總|特聘|客座|助理|秘书处|党委|轮值|主任|办公室)"
)
_TITLES = (
    "委员会主席|委員會主席|副主席|主席|副会长|副會長|会长|會長|副理事长|副理事長|理事长|理事長|秘书长|祕書長|秘書長|董事长|董事長|副厅长|厅长|副廳長|廳長|副局长|局长|局長|副部长|部长|部長|"
    "副院长|院长|院長|副教授|助理教授|讲席教授|教授|副主任|主任|总监|總監|副总监|副總監|经理|經理|总经理|總經理|总裁|總裁|副校长|校长|校長|书记|書記|副处长|处长|處長|司长|"
    "司長|科长|研究员|研究員|调研员|負責人|负责人|联合创始人|创始人|創始人|创办人|創辦人|发起人|執行長|执行长|委员|委員|顾问|顧問|所长|所長|馆长|館長|站长|记者|記者|"
    "编辑|主编|博士|先生|女士|小姐|院士|首席执行官|行政总裁|代表|专员|專員|县长|市长|市長|副市长|副县长|副区长|副省长|队长|政委|总书记|总理|常委|省长|区长|区長|镇长|村长|会计师|律师|专家|"
    "专家|学者|讲师|講師|"
    "理事|监事|幹事|总干事|總幹事|社长|社長|台长|议员|議員|大使|领事|部門主管|主管|导师|主持人|工程师|合伙人|组长|組長|队长|園長|病院長|名誉病院長|准教授"
)
_TITLE = rf"(?:{_MODIFIERS}{{0,3}}(?:{_TITLES}))"
_BODIES = (
    "基金会|基金會|大学|大學|学院|學院|研究院|研究所|研究中心|中心|协会|協會|联合会|聯合會|学会|學會|委员会|委員會|办公室|辦公室|有限公司|公司|集团|集團|银行|銀行|医院|醫院|"
    "学校|學校|中学|小学|联盟|聯盟|总会|總會|商会|商會|促进会|促進會|慈善会|慈善會|红十字会|紅十字會|政府|出版社|电视台|报社|杂志社|实验室|工作室|工作局|民政部|教育部|"
    "财政部|卫生部|商务部|外交部|民政局|民政厅|教育局|财政局|社会工作局|事务局|事務局|总署|总局|合作社|街道办|居委会|书院|福利会|服务社|联合国|法人|株式会社|病院|"
    "協議会|連合会|財団|機構|大使馆|妇联|共青团|团委|党委|宣传部|组织部|统战部|发改委|国资委|工会|工信部|人社部|体育局|文化局|卫健委"
)
_BREAK = r"[\s，,、。；;：:（）()“”\"「」『』《》<>!?！？]"
_ORG = re.compile(
    rf"(?:NPO法人[\s　]?)?[\u3400-\u9fff\u3040-\u30ffA-Za-z0-9·・ー&]{{1,26}}?(?:{_BODIES})"
    rf"(?:[\u4e00-\u9fff]{{0,8}}?(?:{_BODIES}))*"
)
_LEADS = re.compile(
    r"^(?:该|由|在|和|与|與|及|以及|来自|來自|对|對|于|於|为|為|向|从|從|将|將|的|是|并|並|获|獲|获得|通过|联合|聯合|委托|委託|其中|包括|邀请到|邀请|邀請|其他|出席的?|嘉宾|嘉賓|有|"
    r"随后|隨後|首先|最后|接着|会上|活动|本次|此次|当天|上午|下午|以|暨|至|经|就|代表|感谢|支持|围绕|主办|承办|协办|作为|参加|参观|走进|位于|当|内地|年|月|日|了|等|到|让|"
    r"如|即|把|给|使|而|也|又|还|都|能|会上|论坛由|会议由|活动由|项目由)+"
)
_JOINTS = re.compile("由|以及|和|与|與|及|来自|來自|在|暨|获|獲|对|對|向|邀请|邀請|的|包括|于|於|联合|聯合")
"""Small words that join names."""
_LATIN_NAME = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’.-]{1,20}(?:[ ·][A-ZÀ-Þ][A-Za-zÀ-ÿ'’.-]{0,20}){1,3}(?<![.])"
_TITLE_NAME = re.compile(
    rf"(?P<before>[^，,。；;：:！？!?\n]{{0,40}}?)(?P<title>{_TITLE}(?:(?:、|及|兼|暨){_TITLE})*)[\s]?"
    rf"(?P<name>{_LATIN_NAME}|{_NAME})"
    rf"(?P<form>教授|博士|先生|女士|老师|老師)?(?=$|{_BREAK}|(?<=[A-Za-zÀ-ÿ])[\u3400-\u9fff]|"
    rf"[和与與及等在就对對为為做作致发發分表主出从從指认認强強介以围圍先也还還代说說担擔参參共一带帶应應讲講介宣透回提谈談称稱呼建希给給让讓进進展总總结結开開因])"
)
_NAME_TITLE = re.compile(
    rf"(?:(?<=^)|(?<={_BREAK})|(?<=[由请請邀和与與及对對]))(?P<name>{_NAME}?)(?P<title>{_TITLE})(?=$|{_BREAK}|"
    rf"[和与與及等在就对對为為做作致发發分表主出从從指认認强強介以围圍先也还還代说說担擔参參讲講介宣透回提谈談称稱呼建希给給让讓进進展总總结結开開])"
)
_LABEL = re.compile(
    r"(?P<label>主持人?|主講人?|主讲人?|主讲嘉宾|演讲嘉宾|分享嘉宾|对话嘉宾|對話嘉賓|圆桌嘉宾|嘉宾|嘉賓|点评人?|與談人|与谈人|講師|講演者?|登壇者?|司会進行|司会|"
    r"モデレータ[ーー]?|コーディネーター|ファシリテーター|パネラー|パネリスト|パネリスト|コメンテーター|報告者?|発表者?|基調講演|ゲスト|参会人员|出席者|"
    r"参加者)\s*[:：]\s*(?P<rest>[^\n]{2,600})"
)
_LABEL_ROLES = (
    ("moderator", "主持|司会|モデレ|コーディ|ファシリ"),
    ("keynote speaker", "基調講演|主旨"),
    ("panellist", "パネ|对话|對話|圆桌"),
    ("commentator", "点评|コメンテ"),
    ("discussant", "與談|与谈"),
    ("presenter", "報告|発表"),
    ("attendee", "参会|出席者|参加者"),
    ("speaker", "主講|主讲|演讲|分享|講|登壇|嘉宾|嘉賓|ゲスト"),
)
_PART = re.compile("基調講演|報告")
_PART_ROLES = {"基調講演": "keynote speaker", "報告": "presenter"}
"""Part of a programme to the role of who speaks in it."""
_JAPANESE_NAME = r"[\u3400-\u9fff々]{1,4}(?:[\s　][\u3400-\u9fff々\u3040-\u30ff]{1,5})?"
_ITEM = re.compile(
    rf"(?P<name>{_JAPANESE_NAME}?)(?P<after>{_TITLE}|氏|さん|先生)?\s*[（(](?P<in>[^（）()]{{2,60}})[）)]|"
    rf"(?P<name2>{_JAPANESE_NAME}?)(?P<after2>{_TITLE}|氏)(?=$|{_BREAK})"
    rf"|(?P<name3>{_NAME})(?=$|{_BREAK})"
)
_NO_BODIES = words(
    "社区 社區 志愿者 志願者 义工 社工 学生 學生 家长 居民 企业 企業 机构 機構 民间 基层 本市 我市 当地 當地"
)
"""Words before a title that name no body: *社区主任*."""
_NOT_A_NAME = re.compile(rf"(?:{_BODIES})|[的是在和与及了为将年月日第]|(?:{_TITLES})")


class CjkFinder:
    """Finds people and organisations of a text in Chinese or Japanese.

    Args:
        whole: The text.
        organisations: Where organisations are added.
        people: Where people are added.
    """

    def __init__(self, whole: str, organisations: Organisations, people: People) -> None:
        self._whole = whole
        self._organisations = organisations
        self._people = people
        self.labels: list[tuple[int, str, Span]] = []
        """Person, role and place of the label that says it."""

    def find_organisations(self, block: Block) -> None:
        """Add the organisations of a block by their endings."""
        for match in re.finditer(
            r"[^，,、。；;：:（）()“”\"「」『』《》!?！？\n　]+", self._whole[block.start : block.end]
        ):
            for start, end in self._split(block.start + match.start(), block.start + match.end()):
                body = _ORG.match(self._whole, start, end)
                # What stands in marks of a title is an article or a talk.
                if body and body.end() - start >= 3 and self._whole[block.start + match.start() - 1] != "《":
                    self._organisations.add((start, body.end()), "suffix")

    def _split(self, start: int, end: int) -> Iterator[Span]:
        """Stretches between small words that join names: *由*, *和*, *来自*."""
        at = start
        for mark in (*_JOINTS.finditer(self._whole, start, end), None):
            last = mark.start() if mark else end
            lead = _LEADS.match(self._whole[at:last])
            if mark and last - at == 1 and not lead and self._whole[at] not in "会會部局院校司厅所社团":
                # "宁和基金会": what a sign alone would be joined to is one name with it.
                continue
            if last > at:
                yield at + (lead.end() if lead else 0), last
            at = mark.end() if mark else end

    def find_people(self, block: Block) -> None:
        """Add the people of a block: by labels, by a title before the name, by one behind it."""
        for match in _LABEL.finditer(self._whole, block.start, block.end):
            self._label(match)
        for match in _TITLE_NAME.finditer(self._whole, block.start, block.end):
            if not _NOT_A_NAME.search(match["name"]):
                self._title_name(match, block)
        for match in _NAME_TITLE.finditer(self._whole, block.start, block.end):
            if not _NOT_A_NAME.search(match["name"]) and not self._people.is_mention(match.span("name")):
                known = self._people.number_of(match["name"])
                if known is not None:
                    self._people.mention(known, match.span("name"), match.span())
                elif len(match["name"]) > 1:
                    title = Value(match["title"], match.span("title"), "behind")
                    self._people.add(match.span("name"), "title", [Post(title)], match.span())

    def find_again(self, blocks: Iterable[Block]) -> None:
        """Add further mentions of people who are known by now."""
        names = {person.name.text: number for number, person in enumerate(self._people.items)}
        lengths = {len(name) for name in names if len(name) > 1}
        first_signs = {name[0] for name in names}
        for block in blocks:
            places = (at for at in range(block.start, block.end) if self._whole[at] in first_signs)
            spans = ((at, at + length) for at in places for length in lengths if at + length <= block.end)
            candidates = ((names.get(self._whole[slice(*span)]), span) for span in spans)
            for number, span in sorted((number, span) for number, span in candidates if number is not None):
                if not self._people.is_mention(span):
                    self._people.mention(number, span, span)

    def _title_name(self, match: re.Match[str], block: Block) -> None:
        name = match.span("name")
        if self._people.is_mention(name):
            return
        title_start = match.start("title")
        posts: list[Post] = []
        # All that is before the title up to a comma: several posts may be joined by 、 and 及.
        first = max(block.start, self._people.end_before(title_start))
        first = max(first, *(self._whole.rfind(mark, first, title_start) + 1 for mark in "，,。；;："))
        phrase_start = title_start
        for part in re.finditer(
            rf"(?P<body>[^、]*?)(?P<title>{_TITLE})(?=$|[、及和与兼])", self._whole[first : match.end("title")]
        ):
            start = first + part.start("body")
            body = self._body(start, first + part.end("body"))
            title = (first + part.start("title"), first + part.end("title"))
            value = Value(self._whole[slice(*title)], title, "before")
            posts.append(Post(value, body))
            begin = body.span[0] if body else title[0]
            phrase_start = min(phrase_start, begin)
        if not posts:
            posts = [Post(Value(match["title"], match.span("title"), "before"))]
        self._people.add(name, "title", posts, (phrase_start, match.end()))

    def _body(self, start: int, end: int) -> Value | None:
        """The organisation that a title is held in, without words that lead to it."""
        text = self._whole[start:end]
        strip = len(text) - len(text.lstrip(" 　及和与與、"))
        text = text[strip:]
        start += strip
        lead = _LEADS.match(text)
        if lead:
            start, text = start + lead.end(), text[lead.end() :]
        for word in ("包括", "邀请", "来自", "其中", "嘉宾", "由", "的"):
            if word in text and not (word == "的" and text.endswith(word)):
                cut = text.rindex(word) + len(word)
                start, text = start + cut, text[cut:]
        if text in _NO_BODIES:
            return None
        bodies = list(_ORG.finditer(text))
        if bodies:
            stop = start + bodies[0].end()
            first = start + bodies[0].start()
            return value_at(self._whole, first, stop, "before") if stop - first >= 2 else None
        return value_at(self._whole, start, end, "before") if 2 <= len(text) <= 16 else None

    def _label(self, match: re.Match[str]) -> None:
        role = next((role for role, words in _LABEL_ROLES if re.search(words, match["label"])), "speaker")
        before = self._whole[max(0, match.start() - 60) : match.start()]
        # 講師 and the like speak in the part of the programme that was headed last.
        parts = _PART.findall(before)
        if parts and match["label"].startswith("講"):
            role = _PART_ROLES[parts[-1]]
        for item in _ITEM.finditer(self._whole, match.start("rest"), match.end("rest")):
            group = next(name for name in ("name", "name2", "name3") if item[name])
            if _NOT_A_NAME.search(item[group]):
                continue
            posts: list[Post] = []
            if item["in"]:
                posts = [self._post_in(item.start("in"), item.end("in"))]
            after = "after" if group == "name" else "after2"
            if group != "name3" and item[after] and item[after] not in ("氏", "さん"):
                posts.append(Post(Value(item[after], item.span(after), "label")))
            number = self._people.add(item.span(group), "label", posts, item.span())
            self.labels.append((number, role, match.span("label")))

    def _post_in(self, start: int, end: int) -> Post:
        """Body and title in brackets: the title ends it."""
        text = self._whole[start:end]
        match = re.search(rf"(?P<title>(?:名誉|副|総|代|前)?{_TITLE}|代表|顧問|副理事長|理事長)$", text)
        if match is None:
            return Post(None, value_at(self._whole, start, end, "label"))
        title = value_at(self._whole, start + match.start("title"), end, "label")
        body = text[: match.start("title")].rstrip(" 　、,")
        return Post(title, value_at(self._whole, start, start + len(body), "label"))
