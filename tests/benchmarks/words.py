"""What generated datasets are made of: names of people, words that follow Zipf's law, places."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


def _listed(text: str) -> list[str]:
    """Words of a text; an underscore in one of them stands for a space."""
    return [word.replace("_", " ") for word in text.split()]


SURNAMES = _listed(
    """
    Wang王 Li李 Zhang张 Liu刘 Chen陈 Yang杨 Huang黄 Zhao赵 Wu吴 Zhou周 Xu徐 Sun孙 Ma马 Zhu朱 Hu胡 Guo郭 He何 Lin林
    Gao高 Luo罗 Zheng郑 Liang梁 Xie谢 Song宋 Tang唐 Xu许 Han韩 Deng邓 Feng冯 Cao曹 Peng彭 Zeng曾 Xiao肖 Tian田 Dong董
    Pan潘 Yuan袁 Cai蔡 Jiang蒋 Yu余 Du杜 Ye叶 Cheng程 Wei魏 Su苏 Lv吕 Ding丁 Ren任 Lu卢 Yao姚 Shen沈 Zhong钟 Cui崔
    Tan谭 Lu陆 Fan范 Wang汪 Liao廖 Shi石 Jin金 Wei韦 Jia贾 Xia夏 Fu付 Fang方 Zou邹 Xiong熊 Bai白 Meng孟 Qin秦 Qiu邱
    Hou侯 Jiang江 Yin尹 Xue薛 Yan闫 Duan段 Lei雷 Long龙 Li黎 Shi史 Tao陶 He贺 Mao毛 Hao郝 Gu顾 Gong龚 Shao邵 Wan万
    Qin覃 Wu武 Qian钱 Dai戴 Yan严 Mo莫 Kong孔 Xiang向 Chang常 Ouyang欧阳 Sima司马
    """
)
"""Surnames by how common they are, each as spelt and as written."""

GIVEN = _listed(
    """
    wei伟 fang芳 na娜 min敏 jing静 li丽 qiang强 lei磊 jun军 yang洋 yong勇 yan艳 jie杰 juan娟 tao涛 ming明 chao超 xiu秀
    xia霞 ping平 gang刚 gui桂 ying英 hua华 hui慧 jian建 bo波 hong红 yu玉 lan兰 bin斌 zhi志 hai海 xin新 ling玲 fei飞
    rong荣 kai凯 hao浩 zhen振 guo国 wen文 lin林 xue雪 mei梅 dong东 peng鹏 ning宁 chun春 xiang翔 yun云 an安 qing清
    shu淑 ya雅 feng峰 long龙 jia佳 yi怡 rui瑞 han涵 zi子 xuan轩 yuan远 bao宝 cheng成 da大 de德 fu福 guang光 he和 ji吉
    ke可 liang亮 man曼 qi琪 ren仁 shan珊 tian天 xi希 yao瑶 ze泽 zhu竹 lü绿 nan楠 xiao晓 si思 meng梦
    """
)
"""Syllables of given names, the same way."""

FIRST = _listed(
    """
    Maria José Anna Jean Peter Fatima John Elena Søren Łukasz Zoë Amélie Björn Chloé Dóra Émile François Gülşen Håkon
    İbrahim Jürgen Katarína Lidija Małgorzata Nuño Ólafur Pedro Renée Siân Thérèse Ülo Václav Xavier Yıldız Željko
    Aisha Brian Carmen David Esther Frank Grace Hassan Ingrid James Karen Laura Michael Nora Oliver Paula Rachel
    Samuel Tomás Ursula Victor Wendy Yusuf Zainab Aarav Priya Nguyễn Thị Hiroshi Yuki Minjun Kwame Chinedu Amara Diego
    Lucía Beatriz João André Zsófia Agnieszka
    """
)
LAST = _listed(
    """
    García Müller Smith Ivanov Nguyễn Silva Kowalski Novák Andersson Dubois Rossi Fernández Johnson Yılmaz Jensen
    Papadopoulos Öztürk Ødegård Łukaszewicz Škvorecký Dvořák Ängström Żeromski Çelik Ibáñez Núñez Gómez Lefèvre Brontë
    O'Connor McLeod Szabó Kovács Jónsdóttir Þórsson Popescu Mensah Okafor Tanaka Kim Patel Singh Haddad Rahman Cohen
    Weiß Groß Schäfer Böhm Krüger Açıkgöz Đorđević Živković Petrović Brown Taylor Evans Roberts Walker Wright Hughes
    Edwards Green Clarke
    """
)
STEMS = _listed(
    """
    alb ander berg bran carl dal ed fjell gren hal holm ingel jan karl lind lund mar nor ols peter quist rand sand
    strand tor ul vester wald zeman kral mil rad stan vuk bog drag jur kost mih nik pav rom sim tom vas zor kim mor
    pal sal tam
    """
)
TAILS = _listed(
    """
    sson sen ström gård ová ić ski czyk escu enko ová ez mann feld berg ini etti oğlu yan idis aitis ņš őr ás
    """
)

COMMON = _listed(
    """
    social innovation rural health water energy school data credit elderly care village network market platform policy
    labour housing climate river food farm youth women disability access mobile service volunteer donation foundation
    enterprise technology education training finance insurance migrant city county standard open public private local
    national survey research evaluation method pilot scale cost quality trust rights law tax reform governance
    partnership community home digital robot sensor network satellite semiconductor conductor software hardware
    battery solar wind waste recycling forest soil seed grain milk fish port rail road bridge museum library archive
    theatre music design craft textile paper glass steel
    """
)
SYLLABLES = _listed(
    """
    al an ar ba be bi bo ca ce ci co da de di do el en er fa fe fi fo ga ge gi go ha he hi ho in ka ke ki ko la le li
    lo ma me mi mo na ne ni no or pa pe pi po ra re ri ro sa se si so ta te ti to ul va ve vi vo za ze zi zo
    """
)
ENDINGS = _listed(
    """
    tion ment ity ness ance ware craft work ship age ism ist ory ure al ic ive ing er or
    """
)
SMALL = _listed(
    """
    and of in for the to with on by from
    """
)

CITIES = _listed(
    """
    Beijing Shenzhen Shanghai Chengdu Guangzhou Hangzhou Wuhan Nanjing Xi'an Kunming Geneva Vienna Ghent Zürich Köln
    Málaga Reykjavík Kraków Brno Malmö Århus Nairobi Accra Lagos Kigali Delhi Pune Dhaka Hanoi Đà Nẵng Jakarta Manila
    Seoul Busan Osaka Kyoto Sydney Auckland Lima Bogotá São Paulo Curitiba Montréal Québec Toronto Boston Denver Oslo
    Turku Tartu
    """
)
COUNTRIES = (
    "China",
    "Switzerland",
    "Austria",
    "Belgium",
    "Spain",
    "Kenya",
    "Ghana",
    "India",
    "Viet Nam",
    "Peru",
    "Côte d'Ivoire",
)
HAN = "北京上海中国社会科技发展基金创新研究公益慈善健康教育农村信息服务青年环境数据城市"
"""Characters of the Chinese names of organisations."""


class Zipf(Generic[T]):
    """Draws items, the n-th one with a chance that goes as n to the minus ``exponent``."""

    def __init__(self, items: Sequence[T], exponent: float = 1.0) -> None:
        self.items = items
        self._weights = list(accumulate((n + 1) ** -exponent for n in range(len(items))))

    def some(self, rng: random.Random, count: int) -> list[T]:
        """Draw ``count`` items, the same one perhaps more than once."""
        return rng.choices(self.items, cum_weights=self._weights, k=count)

    def one(self, rng: random.Random) -> T:
        """Draw one item."""
        return self.some(rng, 1)[0]


class PersonName(NamedTuple):
    """A person as a source may write them."""

    label: str
    family: str
    given: str
    order: str
    native: str
    """In Chinese characters; empty for others."""


class Words:
    """Vocabulary and names for one dataset.

    Args:
        rng: where chance comes from.
        size: records of the dataset; the vocabulary grows with its square root, as Heaps' law has it.
    """

    def __init__(self, rng: random.Random, size: int) -> None:
        self._rng = rng
        known = dict.fromkeys(COMMON)
        while len(known) < max(400, int(40 * size**0.5)):
            stem = "".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3))))
            known[stem + rng.choice(ENDINGS)] = None
        vocabulary = list(known)
        # The small words of a language stand between the others and before them in frequency.
        self._labels = Zipf(vocabulary, 0.85)
        self._text = Zipf([*SMALL, *vocabulary], 1.0)
        self._surnames = Zipf([_spelt_and_written(both) for both in SURNAMES], 0.8)
        self._syllables = Zipf([_spelt_and_written(both) for both in GIVEN], 0.4)
        self._first = Zipf(FIRST, 0.4)
        made = {stem.capitalize() + tail: None for stem in STEMS for tail in TAILS}
        shuffled = list(made)
        rng.shuffle(shuffled)
        self._last = Zipf([*LAST, *shuffled], 0.6)
        self._cities = Zipf(CITIES, 0.7)

    def title(self, count: int) -> str:
        """Words of a title, the first one capitalised."""
        return " ".join(self._labels.some(self._rng, count)).capitalize()

    def word(self) -> str:
        """A word of a title, capitalised."""
        return self._labels.one(self._rng).capitalize()

    def sentence(self, low: int, high: int) -> str:
        """From ``low`` to ``high`` words with a full stop."""
        return " ".join(self._text.some(self._rng, self._rng.randint(low, high))).capitalize() + "."

    def city(self) -> str:
        """Name of a city."""
        return self._cities.one(self._rng)

    def han(self, low: int, high: int) -> str:
        """A Chinese name of an organisation."""
        return "".join(self._rng.choices(HAN, k=self._rng.randint(low, high)))

    def person(self) -> PersonName:
        """A name: Chinese in either order, accented, plain, and now and then the wrong way round."""
        rng = self._rng
        chance = rng.random()
        if chance < 0.4:
            family, han = self._surnames.one(rng)
            if family == "Lv":
                family = rng.choice(("Lv", "Lü", "Lyu"))
            parts = self._syllables.some(rng, 1 if rng.random() < 0.25 else 2)
            given = "".join(spelt for spelt, _ in parts).capitalize()
            native = han + "".join(written for _, written in parts)
            if rng.random() < 0.65:
                return PersonName(f"{family.upper()} {given}", family, given, "family-first", native)
            return PersonName(f"{given} {family}", family, given, "given-first", native)
        given = self._first.one(rng)
        if rng.random() < 0.3:
            given += " " + self._first.one(rng)
        family = self._last.one(rng)
        if chance < 0.45:
            return PersonName(f"{family.upper()} {given}", family, given, "family-first", "")
        return PersonName(f"{given} {family}", family, given, "given-first", "")


def _spelt_and_written(both: str) -> tuple[str, str]:
    """Letters, and the Chinese characters after them."""
    spelt = "".join(char for char in both if char < "\u4e00")
    return spelt, both[len(spelt) :]
