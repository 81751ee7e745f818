"""Words that cannot wait in four more languages are found, and idioms of theirs are not."""

from __future__ import annotations

import unicodedata

import pytest

from cx280.responses.rules.urgency import UrgencyKind, urgency_of

SAID = {
    UrgencyKind.CRISIS: [
        "我不想活了", "我真的想死", "他想自殺", "等了三年，我活不下去了。",
        "Tôi muốn chết", "Tôi không muốn sống nữa", "con tôi định tự tử", "Toi muon chet",
        "자살하고 싶어요", "정말 죽고 싶습니다", "더는 살고 싶지 않아요", "살 이유가 없어요",
        "Gusto ko nang mamatay", "Ayaw ko na pong mabuhay", "Iniisip kong magpakamatay",
        "Wawakasan ko na ang aking buhay", "Sasaktan ko ang sarili ko: sasaktan ko ang sarili",
    ],
    UrgencyKind.THREAT: [
        "我要杀了你们", "我会把你们都杀了", "我放了一个炸弹", "我带着枪过来",
        "Tôi sẽ giết hết chúng mày", "Tao sẽ đốt văn phòng", "Tôi sẽ mang súng đến",
        "다 죽여버리겠다", "칼을 들고 찾아가겠습니다", "사무실에 불을 지르겠다",
        "Papatayin ko kayo", "Susunugin ko ang opisina", "Babalik ako na may dalang baril",
    ],
    UrgencyKind.HARM: [
        "我丈夫打我", "她遭到家暴", "救命！", "他威胁要杀我",
        "Chồng tôi đánh tôi mỗi ngày", "Tôi bị bạo hành", "Xin cứu tôi", "Tôi không thở được",
        "남편이 저를 때려요", "성폭행을 당했어요", "살려 주세요", "숨을 쉴 수가 없어요",
        "Binubugbog ako ng asawa ko", "Nanganganib ang buhay ko", "Hindi ako makahinga",
    ],
}  # fmt: skip
WAITS = [
    "排队累得要死，想死你们了", "跳楼价", "感谢你们，真是救命恩人", "他打了我的电话",
    "请打印自杀预防海报",
    "我会打电话给你们", "我想知道死亡证明怎么办", "服务很好，谢谢",
    "Tôi đợi mệt muốn chết", "Xin làm từ từ", "Đọc báo để giết thời gian",
    "Tôi không muốn sống ở đây",
    "Nhân viên đánh giá hồ sơ của tôi", "Cha tôi đã chết năm ngoái", "Áp phích phòng chống tự tử",
    "배고파 죽겠어요", "시간을 죽이고 있었어요", "자살 예방 포스터",
    "이 집을 살 수 없어요", "아버지가 돌아가셨어요",
    "Mamamatay na ako sa gutom", "Gusto kong mamatay sa hiya", "Pakipatay ang ilaw",
    "Patay na ang nanay ko",
    "Patayin ang ilaw", "Tulungan ninyo po ako sa form", "Mabait ang mga empleyado",
    "Mabuhay kayo!",
    "Sana ay mas mabilis", "El trámite fue rápido y claro", "The line was long.",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said"), [(k, each) for k, them in SAID.items() for each in them])
def test_what_cannot_wait_is_found_with_its_kind(kind: UrgencyKind, said: str) -> None:
    for written in (said, said.upper(), unicodedata.normalize("NFD", said)):
        found = urgency_of(written)

        assert found is not None, written
        assert found.kind is kind


@pytest.mark.parametrize("said", WAITS)
def test_idioms_grief_and_ordinary_words_can_wait(said: str) -> None:
    assert urgency_of(said) is None


@pytest.mark.parametrize("unit", ["tôi sẽ ", "gusto ", "我要", "죽", "babalik a ", "chồng a "])
def test_a_hostile_text_is_read_in_bounded_steps(unit: str) -> None:
    assert urgency_of(unit * 10_000) is None
