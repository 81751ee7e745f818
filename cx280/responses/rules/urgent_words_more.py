"""Words that cannot wait in Chinese, Vietnamese, Korean and Tagalog; not yet read by natives.

Small letters, composed, with their accents: without them “từ từ”, slowly, is the word for suicide.
Each list is of regular expressions, every one bounded; IDIOMS are taken out first.
"""

from __future__ import annotations

_YOU_ZH = r"(?:你|您|他|她|那|这|這|所有|全部|办公|辦公)"
_I_VI = r"\b(?:tôi|tao|chúng tôi|tụi tao|bọn tao)"
_YOU_VI = (
    r"(?:mày|chúng mày|tụi bay|bọn|ông|bà|anh|chị|hắn|nó|họ|mọi người|tất cả|hết|các người"
    r"|nhân viên|văn phòng|tòa nhà|chỗ này|nơi này)"
)
_HE_VI = (
    r"\b(?:chồng|vợ|bạn trai|bạn gái|cha|bố|ba|mẹ|ông ta|anh ta|hắn|bảo vệ|nhân viên|sếp)"
    r"(?: tôi| em| con)?(?: \w{1,5}){0,2}"
)
_HE_KO = r"(?:남편|아내|아버지|아빠|어머니|엄마|남자친구|여자친구|경비|경비원|직원|상사|그)"
_OF_WHAT_TL = r"(?:tawa|kakatawa|gutom|hiya|kahihiyan|uhaw|init|antok|lamig|kakahintay|inip|takot)"
_THEM_TL = (
    r"(?:kayo|sila|siya|ka|kita|ang (?:mga )?(?:empleyado|tao|guwardiya|kawani|staff|clerk|manager"
    r"|opisyal|hukom))"
)
_MINE_TL = r"(?:ang (?:aking )?|aking )(?:anak|asawa|ina|nanay|tatay|bata|kapatid|mga anak)"

CRISIS = [
    r"自[杀殺尽盡]|[轻輕]生|[寻尋]短[见見]|自[残殘](?!疾)|[伤傷]害自己|割腕|上吊|跳[楼樓](?![价價大])",
    r"(?<!不)(?<!得)想(?:要|去)?死(?![你您我他她它])",
    r"不想(?:再)?活|活不下去|活[着著](?:也)?[没沒]有?(?:意思|意[义義])|[结結]束(?:我|自己)?的?生命",
    r"\btự (?:tử|sát|vẫn|kết liễu)\b|\bquyên sinh\b|\btreo cổ\b|\b(?:cắt cổ|rạch) tay\b",
    r"\bmuốn chết\b|\bchết (?:đi )?cho (?:xong|rồi)\b",
    r"\b(?:không|chẳng|hết)(?: còn)? muốn (?:tiếp tục )?sống\b"
    r"(?! (?:ở|tại|chung|cùng|trong|với|gần|xa|như))",
    r"\bkết (?:thúc|liễu) (?:cuộc đời|cuộc sống|mạng sống|đời)(?: của)? (?:tôi|mình|em|con)\b",
    r"\btự (?:làm hại|làm đau|gây thương tích)\b|\bkhông còn (?:lý do|lẽ)(?: gì)?(?: để)? sống\b",
    r"\b(?:toi|em|con) muon chet\b|\bkhong muon song nua\b",
    r"자살|죽고 ?싶|죽어 ?버리(?:고 ?싶|겠|려)|목숨을 ?끊|극단적(?:인)? ?선택|자해(?!상)",
    r"살고 ?싶지 ?않|살기(?:가)? ?싫|살 ?(?:이유|의미|의욕)(?:가|이|도)? ?없|손목을 ?그[었으]",
    r"뛰어내리(?:고 ?싶|겠|려고)|목을 ?매(?:고 ?싶|어 ?죽|달)",
    r"\b(?:mag|magpa|nagpa|nag)pakamatay\b|\bpagpapakamatay\b|\b(?:magbi|mag|nag)bigti\b"
    r"|\b(?:mag|nag|magla)laslas\b",
    r"\b(?:gusto|nais)(?: \w{1,6}){0,3} mamatay\b",
    r"\bayaw (?:ko|kong)(?: \w{1,5}){0,3} mabuhay\b|\bayoko(?:ng)?(?: \w{1,5}){0,3} mabuhay\b",
    r"\bwala(?:ng| nang| na akong)? (?:saysay|dahilan|silbi)(?: \w{1,5}){0,3}"
    r" (?:mabuhay|buhay ko)\b",
    r"\b(?:tapusin|tatapusin|wakasan|wawakasan|kitilin|kikitilin)(?: ko)?(?: na| nang)?"
    r" (?:ang )?(?:aking )?(?:sariling |sarili kong )?buhay\b",
    r"\b(?:saktan|sasaktan|sinasaktan) ko(?: na)? ang (?:aking )?sarili\b",
]  # fmt: skip

THREAT = [
    rf"我(?:们|們)?(?:要|会|會|一定要|一定会|真想|想)(?:去)?(?:[杀殺]|砍|捅|[枪槍][杀殺]|弄死|打死|炸|[烧燒])"
    rf"(?:了|掉|死)?{_YOU_ZH}",
    r"把(?:你|他|她|所有人)(?:们|們)?(?:都|全|全都)?(?:[杀殺]|干掉|弄死|打死|砍|炸)",
    r"(?:放|装|裝|安|有)(?:了)?(?:一?[个個颗顆])?炸[弹彈]|[带帶][着著]?(?:[枪槍]|刀)(?:[过過]?[来來]|去找|回[来來])",
    rf"{_I_VI} (?:sẽ|muốn|phải|thề|nhất định)(?: \w{{1,6}}){{0,2}} (?:giết|bắn|đâm|chém|đốt|thiêu"
    rf"|đánh chết)(?: chết)? {_YOU_VI}\b",
    r"\b(?:đặt|gài|ném|có) bom\b|\bmang (?:theo )?(?:súng|dao|bom) (?:đến|tới|vào)\b",
    r"\b(?:chúng mày|mày|tụi bay|bọn mày) (?:sẽ|phải|đáng) chết\b",
    r"죽여 ?버리|죽여 ?버릴|죽이(?:겠(?!다고)|러 ?가)|죽일 ?(?:거|것)(?:야|이다|다|예요|입니다)",
    r"(?:찔러|쏴) ?버리|칼로 ?찌르겠|(?:칼|총)(?:을)? ?(?:들고|가지고) ?(?:찾아)?가겠|총으로 ?쏘겠",
    r"폭탄(?:을)? ?(?:설치|터뜨|터트|던지)|불(?:을)? ?지르(?:겠|러)|불태워 ?버리|폭파(?:하겠|시키)",
    r"\b(?:papatayin|babarilin|sasaksakin|bubugbugin|tatagain|sasaktan)"
    rf" (?:ko |namin )?{_THEM_TL}\b",
    r"\b(?:susunugin|pasasabugin|bobombahin) (?:ko|namin)\b|\b(?:patayin|barilin|saksakin)"
    rf" (?:ko |natin )?{_THEM_TL}\b",
    r"\b(?:may|maglalagay (?:ako )?ng|naglagay (?:ako )?ng) bomba\b",
    r"\b(?:magdadala|dadalhin|babalik)(?: \w{1,6}){0,4} (?:baril|kutsilyo|itak|bomba)\b",
    r"\bdapat (?:kayong|silang|kang|siyang)(?: lahat)? mamatay\b",
    r"\balam ko kung saan (?:kayo|ka|siya|sila) nakatira\b",
]  # fmt: skip

HARM = [
    r"家暴|家庭暴力|性侵|[强強][奸姦]|猥[亵褻]|[绑綁]架|人口[贩販][卖賣]|虐待(?:了)?(?:我|孩子|老人|他|她)",
    r"(?:丈夫|老公|妻子|老婆|男友|男朋友|父[亲親]|爸爸|他|她|保安|警[卫衛])[^，。！？ ]{0,4}"
    r"(?:打|[殴毆]打|踢|掐)了?我(?![^，。！？ ]{0,4}(?:[电電][话話]|手[机機]|招呼))",
    r"救命(?![恩稻钱錢药藥之])|生命(?:有)?危[险險]|[处處]于危[险險]|呼吸困[难難]|胸口很?[痛疼]",
    r"叫救[护護][车車]|威[胁脅](?:说|說)?(?:要)?(?:[杀殺]|打|[伤傷]害)(?:死)?(?:我|他|她|孩子)",
    r"\bbạo (?:hành|lực gia đình)\b|\b(?:hiếp dâm|cưỡng hiếp|hãm hiếp|xâm hại|sàm sỡ|ngược đãi"
    r"|bắt cóc|buôn người)\b|\b(?:lạm dụng|quấy rối) tình dục\b",
    rf"{_HE_VI} (?:đánh|đấm|đá|bóp cổ|tát|đâm) (?:tôi|em|con|chúng tôi|mẹ|các con)\b",
    r"\bbị (?:đánh đập|hành hung|đánh hội đồng)\b"
    r"|\b(?:đe )?dọa (?:sẽ )?(?:giết|đánh|bắn|làm hại)\b",
    r"\bnguy hiểm (?:đến )?tính mạng\b|\b(?:xin|hãy|làm ơn) cứu (?:tôi|em|con|chúng tôi)\b"
    r"|\bcứu (?:tôi|em|con) với\b",
    r"\bkhông thở được\b|\bđau (?:thắt )?ngực\b|\bgọi (?:xe )?cấp cứu\b",
    r"가정 ?폭력|성폭행|성폭력|성추행|강간|학대(?:를|당|하|받)|납치|감금|인신매매|폭행(?:을)? ?당",
    rf"{_HE_KO}(?:이|가|은|는)? ?(?:저를|나를|절|날|우리를|아이를) ?(?:때리|때려|때렸|폭행|구타)",
    r"(?:생명|목숨)이 ?위험|살려 ?주세요|살려 ?줘|위험에 ?처해|숨을 ?(?:쉴|쉬) ?수(?:가)? ?없",
    r"숨을 ?못 ?쉬|가슴 ?통증|구급차(?:를)? ?(?:불러|보내)|죽이겠다고 ?(?:협박|위협|했)",
    r"\b(?:binubugbog|binugbog|sinasaktan|sinaktan|sinuntok|sinusuntok|sinipa|sinakal|sinasakal"
    r"|sinampal|hinampas|inabuso|inaabuso|minolestiya|pinagsamantalahan|ginahasa|hinipuan|kinidnap)"
    rf" (?:ako|kami|niya ako|nila ako|{_MINE_TL}|ng (?:aking )?(?:asawa|nobyo|tatay|ama|amo))\b",
    r"\bkarahasan sa tahanan\b|\bpanggagahasa\b|\bpang-aabuso sa (?:bata|matanda)\b|\bsaklolo\b",
    r"\bnanganganib ang (?:aking )?buhay\b"
    r"|\bnasa panganib (?:ako|kami|ang (?:aking )?(?:buhay|anak))",
    r"\bhindi (?:po )?(?:ako )?makahinga\b|\bsumasakit ang (?:aking )?dibdib\b|\bng ambulansya\b",
    r"\b(?:nagbanta|pinagbantaan|pinagbabantaan)(?: \w{1,6}){0,4} (?:papatayin|patayin|sasaktan)\b",
]  # fmt: skip

IDIOMS = [
    r"(?:预防|預防|防止|[热熱][线線])自[杀殺]|自[杀殺](?:预防|預防|[热熱][线線]|率|式)",
    r"\b(?:mệt|đói|khát|lạnh|nóng|sợ|tức|đau|lo|vui|chán|cười|ngượng|hổ|bận|đợi|chờ|rẻ|đắt|khó"
    r"|chậm|lâu|ngon) muốn chết\b|\bmuốn chết (?:cười|mệt|đói|lạnh|nóng)\b",
    r"\b(?:phòng chống|phòng ngừa|ngăn ngừa|ngăn chặn) tự (?:tử|sát)\b"
    r"|\bgiết (?:thời gian|thì giờ)\b",
    r"자살 ?(?:예방|방지|률|골|상담)|(?:배고파|웃겨|더워|추워|바빠|창피해)(?:서)? ?죽고 ?싶",
    r"시간(?:을|만)? ?죽[이여]",
    rf"\bmamatay(?: na| ako| na ako| na lang){{0,2}} sa {_OF_WHAT_TL}\b",
    r"\bpag-?iwas sa pagpapakamatay\b|\bpatayin (?:ko )?ang (?:ilaw|oras|computer|telepono|tv)\b",
]  # fmt: skip

# Every pattern above holds one of these; most comments hold none and are done after one look.
WORTH_A_LOOK = [
    r"[\u4e00-\u9fff\uac00-\ud7a3]|[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựđóúéíáàèìòùâêôăơưý]"
    r"|muon|mamatay|kamatay|patay|bigti|laslas|mabuhay|buhay|sarili|barilin|saks|bugb|tagain|saktan|sunugin|sabugin"
    r"|bomba|baril|kutsilyo|itak|nakatira|sina|sinu|sini|hina|abuso|molestiya|gahasa|hipuan|kidnap"
    r"|samantala|tahanan|saklolo|panganib|nganganib|makahinga|dibdib|ambulansya|banta",
]  # fmt: skip
