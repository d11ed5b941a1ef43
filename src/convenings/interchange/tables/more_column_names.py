"""What people call the columns of tables in further languages: field to names, made comparable where they are read.

Dutch, Italian, Portuguese, the languages of Scandinavia, Polish, Chinese and Japanese.
"""

from __future__ import annotations

MORE_NAMES: dict[str, str] = {
    "title": (
        "titolo|titolo dell intervento|evento titolo|título|titulo da sessão|sessão|palestra|"
        "onderwerp titel|titel bijeenkomst|evenement|rubrik|föredrag|foredrag|arrangement|tittel|tytuł|"
        "wydarzenie|temat wystąpienia|标题|题目|主题名称|会议名称|活动名称|讲座题目|报告题目|题名|"
        "タイトル|題名|講演題目|会議名|イベント名|行事名|演題"
    ),
    "date": (
        "data|data dell incontro|data da reunião|datum bijeenkomst|dato|dag|data spotkania|日期|会议日期|"
        "活动日期|日付|開催日|年月日|期日|月日|日時|日程"
    ),
    "time": ("ora|orario|hora|tijd|tijdstip|tid|klockslag|klokkeslett|godzina|czas|时间|會議時間|时段|時間|時刻"),
    "start": (
        "inizio|ora di inizio|início|hora de início|aanvang|starttid|początek|开始时间|开始|開始時間|開始時刻|開始"
    ),
    "end": (
        "fine|ora di fine|fim|hora de fim|término|einde|eindtijd|sluttid|slut|koniec|结束时间|结束|"
        "終了時間|終了時刻|終了"
    ),
    "end-date": "data di fine|data de fim|einddatum|slutdatum|slutdato|data zakończenia|结束日期|終了日",
    "room": "sala riunioni|zaal|ruimte|lokal|rum|rom|会议室|教室|会場名|部屋|教場",
    "place": "luogo|sede|local|locatie|plaats|plats|sted|miejsce|地点|會議地點|场所|場所|会場|開催地|開催場所",
    "city": "città|cidade|stad stadt|miasto|城市|都市|市",
    "country": "paese|país|land staat|kraj|国家|国名|国",
    "speaker": (
        "relatore|relatori|relatrice|palestrante|palestrantes|orador a|spreker|sprekers|talare|"
        "föredragshållare|foredragsholder|oplægsholder|prelegent|prelegenci|演讲者|主讲人|报告人|讲者|"
        "发言人|演讲人|主讲|講師|講演者|登壇者|発表者|演者|スピーカー"
    ),
    "moderator": "moderatore|moderatrice|dagvoorzitter|gespreksleider|ordstyrer|主持人|司会|司会者|モデレーター",
    "chair": "presidente della sessione|voorzitter|ordförande|przewodniczący|主席|座長|議長",
    "attendee": (
        "partecipanti|partecipante|presenti|deelnemers|deelnemer|aanwezigen|deltagare|deltaker|deltakere|"
        "deltagere|uczestnicy|uczestnik|参加者|参会人员|参会人|与会人员|与会者|出席人员|出席人|出席者|"
        "参加人"
    ),
    "host": (
        "ministro incontrato da|bewindspersoon|minister staatssecretaris|statsråd|minister sekretarz|"
        "接待人|会见人|面会者|対応者"
    ),
    "with": (
        "interlocutori|soggetto incontrato|rappresentante di interessi|entidade|entidades|"
        "gesprekspartner|gesprekspartners|externe partij|externe partijen|mötte|møtte|mødte|spotkanie z|"
        "interesariusz|来访者|来访单位|会见对象|面会相手|相手方|訪問者|来訪者"
    ),
    "about": (
        "oggetto|argomento|tema dell incontro|assunto|onderwerp|onderwerpen|ämne|emne|temat|przedmiot|"
        "cel spotkania|主题|议题|事由|内容|会议主题|会议内容|議題|用件|案件|件名|テーマ|議案|要件|"
        "面談内容"
    ),
    "organiser": (
        "organizzatore|organizzatori|organizador a|organisator naam|arrangör|arrangør|organizator|主办方|"
        "主办单位|承办单位|组织者|主催|主催者|主催団体"
    ),
    "organisation": (
        "organizzazione|ente|organização|organisatie|organisation navn|organizacja|单位|机构|组织|"
        "工作单位|所属单位|组织名称|団体|団体名|組織|組織名|法人名|企業名"
    ),
    "affiliation": (
        "affiliazione|azienda|afiliação|instituição|werkgever|bedrijf|instelling|tilhørighet|afiliacja|"
        "公司|所属|所属機関|所属先|勤務先|会社名|会社"
    ),
    "post": (
        "carica|ruolo professionale|qualifica|cargo função|functie|functietitel|befattning|stilling|"
        "stanowisko|职务|职位|职称|役職|肩書|肩書き|職名"
    ),
    "name": (
        "nome e cognome|nominativo|nome|nome completo|naam|volledige naam|namn|navn|imię i nazwisko|姓名|"
        "名字|氏名|名前|お名前"
    ),
    "family": "cognome|apelido|sobrenome|achternaam|efternamn|etternavn|efternavn|nazwisko|姓|姓氏",
    "given": "nome di battesimo|primeiro nome|voornaam|förnamn|fornavn|imię|名",
    "abstract": "sommario|resumo|samenvatting|sammanfattning|sammendrag|streszczenie|摘要|概要|要旨",
    "description": (
        "descrizione|note|descrição|observações|omschrijving|beschrijving|opmerkingen|beskrivning|"
        "beskrivelse|opis|uwagi|描述|备注|说明|説明|備考|メモ"
    ),
    "track": "percorso|trilha|spår|spor|ścieżka|分会场|专场|トラック|分科会",
    "topic": "temi|argomenti|temas tratados|thema s|etiketter|słowa kluczowe|关键词|话题|キーワード|分野",
    "type": "tipologia|soort|typ spotkania|类型|类别|形式|種別|種類|区分",
    "language": "lingua|língua|taal|språk|sprog|język|语言|言語",
    "duration": "durata|duração|duur|längd|varighed|varighet|czas trwania|时长|所要時間",
    "link": "sito web|collegamento|website adres|lenke|länk|strona|链接|网址|リンク|ホームページ",
    "e-mail": ("posta elettronica|correio eletrônico|e mailadres|e post|邮箱|电子邮箱|电子邮件|メール|メールアドレス"),
    "telephone": (
        "telefono cellulare|telefone|telefoonnummer|telefoon|telefonnummer|telefon komórkowy|电话|手机|"
        "手机号|联系电话|電話|電話番号"
    ),
    "attendance": (
        "numero di partecipanti|número de participantes|aantal deelnemers|antall deltakere|"
        "liczba uczestników|参加人数|人数|参会人数|出席人数"
    ),
    "id": "codice|código|volgnummer|编号|番号|ID番号|管理番号",
    "status": "stato|situação|stav|状态|状況|開催状況",
    "year": "anno|jaar|år|rok|年份|年|年度",
    "weekday": (
        "giorno della settimana|mese|trimestre solare|maand|kwartaal|kvartal|månad|måned|miesiąc|星期|月份|曜日|月"
    ),
}
