"""What full stops, abbreviations and syllables look like."""

import re

SPACE = re.compile(r"\s")
# One of these ends every sentence but the last: most paragraphs of news have none inside. "./." closes dispatches.
STOP = re.compile(r"""(?P<stop>[.?!…]{1,100}+(?:/\.)?+)(?P<closing>["”’»)\]']{0,8}+)""")
# What closes a quotation, though white space parts it from its sentence.
LATE_CLOSING = re.compile(r"\s{1,3}+[”»)\]]{1,4}+(?=\s|$)")
FIRST = re.compile(r"\S")
# The word that a sentence may begin with, behind marks that open: its letters, and whether a full stop follows.
NEXT = re.compile(
    r"""\s{0,100}+(?P<dash>[-–—]\s?+)?+(?P<open>["“‘«(\['*]{0,4}+)"""
    r"""(?P<word>\w{0,30}+)(?P<after>[.)]?)(?:\ (?P<then>\w?))?+"""
)
# An ellipsis in a quotation ends a sentence of so many characters: "“Tốt… Rất tốt.”" is one.
SHORTEST_TRAILING_OFF = 40
# How far back the word before a full stop is looked for.
LONGEST_WORD = 24

INITIALS = re.compile(r"(?:[A-ZĐ]\.){0,5}+[A-ZĐ]")
# What a given name follows: "N.T. Lan", where T. is Thị and V. Văn.
FAMILY_AND_MIDDLE = re.compile(r"[A-ZĐ]\.[TV]")
# eKYC, iPhone: a name in lower case that may begin a sentence.
MIXED = re.compile(r"[a-zđ]{1,2}[A-ZĐ]")
ENUMERATOR = re.compile(r"\d{1,2}|[IVX]{1,4}|[A-ZĐa-hđ]")
NUMBER = re.compile(r"\d{1,2}")
# "Ảnh: EPA/TTXVN Báo cáo …": the credit of a picture in one line with its caption, and with the text that follows.
CREDIT = re.compile(r"\s{0,4}+Ảnh\s?:\s?+(?P<words>(?:[^\W\d_][\w.&/+-]{0,30}+\s?){1,8}+)")
BRACKETED_CREDIT = re.compile(r"\s{0,4}+\((?:Ảnh|Nguồn ảnh|Nguồn|Video|Đồ họa)\s?:[^()]{1,80}+\)(?=\s+[^\W\d_])")
CREDIT_WORD = re.compile(r"\S+")

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch"
    " êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa oac oach"
    " oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi"
    " ơm ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uê uêch uên uênh uy uya uych uyên uyêt uynh uyt"
    " uyu uân uâng uât uây uơ uôm ư ưc ưi ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu ưm ưn y yêm yên yêng yêt yêu"
)
SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
