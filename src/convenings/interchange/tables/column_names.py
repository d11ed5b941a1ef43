"""What people call the columns of tables, in English, German, French and Spanish: field to names, folded."""

from __future__ import annotations

NAMES: dict[str, str] = {
    "title": (
        "committee meeting|board meeting|meeting name|name of meeting|"
        "meeting|what|was|session title|talk title|event title|event name|session name|talk name|title of talk|"
        "title of session|session|talk|presentation title|lecture title|workshop title|activity|"
        "proposal title|submission title|paper title|contribution title|poster title|webinar title|"
        "meeting title|titel des vortrags|vortragstitel|veranstaltung|veranstaltungstitel|vortrag|sitzung|"
        "titre de la session|titre de l intervention|evenement|titulo de la charla|titulo de la sesion|"
        "charla|evento|programme item|program item|item|summary title|programmpunkt"
    ),
    "type": (
        "event type|session type|type of event|meeting type|format|kind|category|types|type of meeting|"
        "talk type|sessionformat|veranstaltungsart|art|typ|type de session|type d evenement|tipo|"
        "tipo de evento|categoria|kategorie|categorie|session format|presentation type|submission type|"
        "art der veranstaltung"
    ),
    "date": (
        "local date|"
        "date|day date|event date|meeting date|date of meeting|date of event|start date|startdate|date start|"
        "datum|tag|am|day|date de la reunion|date de debut|fecha|fecha de inicio|fecha de la reunion|dia|"
        "jour|datum der sitzung|beginn datum|startdatum|when|wann|quand|cuando|date meeting|date held|"
        "session date|talk date|anfangsdatum|dtstart|date from|from date|begin date|date heure|date time|"
        "datetime|date and time|date time start|meeting date time|recorded|termin|termine"
    ),
    "end-date": (
        "end date|enddate|local end date|date end|enddatum|date de fin|fecha de fin|fecha final|dtend|date to|to date|"
        "until date|date until|bis datum|ende datum"
    ),
    "time": (
        "time|local time|times|uhrzeit|zeit|heure|horaire|hora|horario|time of meeting|time slot|slot|timeslot|"
        "zeitfenster|when time|creneau|time block|hours"
    ),
    "start": (
        "start|start time|starttime|begin|begins|begin time|from|beginn|startzeit|anfang|von|debut|"
        "heure de debut|de|inicio|hora de inicio|hora inicio|commence|commences|starts|starts at|start at|"
        "scheduled at|scheduled start|scheduled time|start datetime|startdatetime|start date time|time start|ab|"
        "desde|comienzo|empieza"
    ),
    "end": (
        "end|end time|endtime|finish|finish time|to|until|ende|endzeit|bis|fin|heure de fin|a|hora de fin|"
        "hora fin|ends|ends at|end at|end datetime|enddatetime|end date time|time end|schluss|hasta|termina|"
        "final"
    ),
    "duration": (
        "scheduled duration|session duration|planned duration|"
        "duration|length|dauer|duree|duracion|minutes|duration minutes|length minutes|min|duration min|laenge|lange"
    ),
    "zone": "timezone|time zone|tz|zeitzone|fuseau horaire|zona horaria",
    "year": "year|jahr|annee|ano",
    "weekday": (
        "weekday|day of week|day name|wochentag|jour de la semaine|dia de la semana|month|month name|week|"
        "period|reporting period|berichtszeitraum|periodo|"
        "quarter|monat|woche|quartal|mois|semaine|mes|semana|trimestre|day number|tag nr|kw"
    ),
    "room": (
        "room|room name|rooms|hall|stage|raum|saal|buhne|zimmer|salle|sala|salon|aula|location room|"
        "auditorium|horsaal|space|scene|escenario|raum name"
    ),
    "place": (
        "place|venue|online|location|site|ort|veranstaltungsort|lieu|lugar|where|wo|ou|donde|meeting place|"
        "place of meeting|location of meeting|standort|ubicacion|emplacement|endroit|treffpunkt|"
        "address venue|venue name|destination|destinations"
    ),
    "city": "address locality|city|town|stadt|ville|ciudad|location city|localidad|municipality|gemeinde",
    "country": "address country|country|land|pays|pais|nation|country code|staat",
    "address": (
        "address line 1|"
        "address|street|adresse|anschrift|direccion|venue address|strasse|street address|adresse du lieu|"
        "postal address|location address"
    ),
    "coordinates": "latlon|coordinates|geo|lat lon|latlng|koordinaten|coordonnees|coordenadas|lat lng",
    "latitude": "latitude|lat|breite|breitengrad|latitud",
    "longitude": "longitude|lon|lng|langengrad|longitud|long",
    "capacity": "capacity|room capacity|kapazitat|capacite|capacidad|aforo|seats",
    "attendance": (
        "yes rsvp count|rsvp count|"
        "attendance|number of attendees|number of participants|participants count|attendees count|"
        "teilnehmerzahl|anzahl teilnehmer|nombre de participants|numero de asistentes|headcount|"
        "number attending|no of attendees|no of participants"
    ),
    "track": (
        "track|stream|strand|strang|themenstrang|pathway|pathways|fil|piste|parcours|eje|linea|track name|"
        "theme track|schiene"
    ),
    "topic": (
        "categories|"
        "topics|tags|keywords|keyword|tag list|themes|theme|subjects|schlagworte|stichworte|themen|mots cles|"
        "sujets|etiquetas|palabras clave|temas|policy area|policy areas|field|fields|thematic area|portfolio|"
        "area"
    ),
    "about": (
        "topics discussed|matters raised|subjects discussed|items discussed|agenda items|summary of discussion|"
        "about|purpose|reason|subject|agenda|topic|purpose of meeting|subject of meeting|subject matter|"
        "matter|matters discussed|topic of meeting|purpose of the meeting|thema|anlass|gegenstand|betreff|"
        "zweck|inhalt|worum|themen der sitzung|objet|objet de la reunion|motif|sujet|ordre du jour|asunto|"
        "motivo|tema|objeto|about what|description of meeting|issue|issues|issues discussed|gesprachsthema|"
        "main topic|subject s|matters covered|discussion|reason for meeting|proposito|orden del dia|dossier|"
        "worueber|woruber|purpose of meeting s"
    ),
    "abstract": (
        "abstract|summary|resume|zusammenfassung|kurzfassung|resumen|synopsis|teaser|short description|"
        "kurzbeschreibung|talk abstract|abstrakt|description courte|session abstract"
    ),
    "description": (
        "description|details|beschreibung|descripcion|long description|full description|notes|notizen|"
        "anmerkungen|bemerkungen|bemerkung|remarks|comments|comment|notas|observaciones|remarques|"
        "commentaire|commentaires|event description|session description|talk description|outcome|outcomes|"
        "minutes text|ergebnis|ergebnisse|kommentar|content"
    ),
    "language": "language|lang|sprache|langue|idioma|spoken language|talk language|locale",
    "status": "status|state|zustand|estado|etat|statut|cancelled|canceled|abgesagt|event status|eventstatus",
    "event": (
        "event|conference|conference name|series|meeting series|konferenz|tagung|conference title|"
        "conferencia|congreso|reihe|serie|kongress|congres|colloque|jornada"
    ),
    "id": (
        "id|uid|guid|uuid|identifier|reference|ref|code|key|event id|session id|talk id|meeting id|nr|no|"
        "number|reference number|kennung|numero|identificador|identifiant|slug|record id|issue number|"
        "github issue number|lfd nr|external id|submission id|#|row|row number|num|n|reference no|ref no"
    ),
    "link": (
        "url|link|website|web|webseite|homepage|page|site web|sitio web|enlace|lien|video|video url|slides|"
        "slides url|slide url|talk url|recording|recording url|stream url|file url|more info|event url|"
        "registration|registration url|paper url|web page|webpage|links|video link|aufzeichnung|folien|"
        "registration link|livestream|youtube|source url|session url|map link|web site|web address|"
        "preview image|video ccc|presentation url|website url|external url|folien url|diapositivas|materials|"
        "file"
    ),
    "host": (
        "minister|host|hosts|hosted by|official|public official|commissioner|mep|mp|member of parliament|"
        "designated public official lobbied|dpo lobbied|dpos lobbied|designated public officials lobbied|"
        "td|head of cabinet|staatssekretar|staatssekretarin|minister in|"
        "politician|representative of ministry|name of host|host name|our side|from our side|minister name|"
        "ministerin|gastgeber|gastgeberin|abgeordneter|abgeordnete|ministre|ministro|ministra|hote|depute|"
        "anfitrion|diputado|commission representative|cabinet member|senior official|permanent secretary|"
        "public office holder|designated public official|dpo|office holder|officer|councillor|senator|mayor|"
        "staff member|met by|mitglied|vertreter des ministeriums|cargo publico|member|portfolio holder|"
        "name of minister|deputy|permanent secretaries|our representative|held by"
    ),
    "with": (
        "with|with whom|met with|whom|counterpart|counterparts|lobbyist|lobbyists|interest representative|"
        "interest representatives|entity|entities|entity met|organisation met|"
        "name of organisation or individual|name of organisation|name of external organisation|person met|"
        "met|mit wem|mit|gesprachspartner|gesprachspartnerin|gesprachspartner in|interessenvertreter|avec|"
        "personne rencontree|personnes rencontrees|"
        "avec qui|interlocuteur|interlocuteurs|representant d interets|con quien|con|interlocutor|"
        "grupo de interes|name of individual or organisation|external organisation|external party|"
        "external parties|visitor|visitors|guest|guests|besucher|external attendees|partner|partners|"
        "organisation or individual|organisations met|name of external organisation or individual|"
        "person or organisation|who met|contacted|interested party|interested parties|client|lobby group|"
        "stakeholder|stakeholders|third party|organisations individuals|individuals or organisations|"
        "name of person organisation|other party|other parties|organisation or individual met|rencontre"
    ),
    "who": (
        "who|wer|qui|quien|people|persons|person|personen|personne|personnes|personas|name s|names|"
        "witness|witnesses|interviewee|interviewees|interviewer|interviewers"
    ),
    "attendee": (
        "members present|attendees present|"
        "attendees|attendee|participants|participant|present|attended|attended by|in attendance|teilnehmer|"
        "teilnehmende|teilnehmerinnen|teilnehmerin|anwesende|anwesend|presents|asistentes|asistente|"
        "participantes|participante|those present|persons attending|other attendees|teilnehmer innen|"
        "also present|attending|delegate|delegates|delegierte|delegierter|delegado|delegada|delegados"
    ),
    "speaker": (
        "speaker|speakers|speaker name|speaker names|speaker s|speakers names|talk speaker|referent|"
        "referentin|referenten|referent in|redner|rednerin|rednerinnen|vortragende|vortragender|sprecher|"
        "sprecherin|intervenant|intervenants|intervenante|orateur|orateurs|conferencier|ponente|ponentes|"
        "orador|oradores|conferenciante|lecturer|lecturers|people speaking|speaker full name|speaker name s|"
        "referentinnen|referierende|persons names|main speaker|invited speaker|oradora|expositor"
    ),
    "keynote": "keynote speaker|keynote speakers|keynote by",
    "presenter": (
        "presenter|presenters|presented by|presenter name|presenter s|presentador|presentateur|"
        "presentado por|presente par|prasentiert von|presenting author|co presenter|co presenters"
    ),
    "panellist": "panelist|panelists|panellist|panellists|panel members|podium|podiumsgaste|panelistas",
    "moderator": (
        "moderator|moderators|moderation|moderated by|moderiert von|moderateur|moderatrice|moderador|"
        "moderadora|moderatorin"
    ),
    "chair": (
        "chair|session chair|chairs|chairperson|chaired by|vorsitz|sitzungsleitung|president de seance|"
        "presidente de sesion|leitung"
    ),
    "facilitator": (
        "facilitator|facilitators|facilitated by|animateur|animateurs|facilitador|facilitadora|facilitadores|"
        "session leader|session leaders|led by|wrangler|wranglers"
    ),
    "trainer": (
        "trainer|trainers|instructor|instructors|tutor|tutors|teacher|dozent|dozentin|dozenten|formateur|"
        "formateurs|formador|formadores|instructeur|kursleitung|docente|teachers"
    ),
    "organiser": (
        "organiser|organizer|organisers|organizers|organised by|organized by|veranstalter|organisateur|"
        "organisateurs|organizador|organizadores|host institutions|host institution|hosting organisation|"
        "organizer name|organisator|veranstaltet von|convener|convenor|ausrichter"
    ),
    "sponsor": "sponsor|sponsors|sponsored by|sponsoren|patrocinador|patrocinadores|gesponsert von",
    "performer": "performer|performers|artist|artists|band|kunstler|kunstlerin|artiste|artista|musicians",
    "author": "author|authors|autor|autoren|autorin|auteur|auteurs|autores|by|written by",
    "name": (
        "name|full name|fullname|nom|nombre|label|display name|name person|vollstandiger name|nom complet|"
        "nombre completo|vor und nachname|nombre y apellidos|name und vorname|nom et prenom|person name|"
        "participant name|attendee name|contact name|member name"
    ),
    "family": (
        "family name|last name|lastname|surname|nachname|familienname|nom de famille|apellido|apellidos|"
        "familyname|name family"
    ),
    "given": (
        "given name|first name|firstname|forename|vorname|prenom|nombre de pila|givenname|forenames|"
        "first names|vornamen|prenoms|rufname"
    ),
    "honorific": (
        "honorific|salutation|anrede|civilite|tratamiento|prefix|name prefix|akad titel|akademischer titel|"
        "academic title|title prefix|mr ms"
    ),
    "also-called": (
        "original name|alternative name|alias|also known as|aka|other name|other names|name as written|"
        "raw name|original spelling|nickname|former name|name original|spitzname|name in original language|"
        "native name"
    ),
    "abbreviation": (
        "abbreviation|acronym|short name|shortname|abkurzung|kurzel|kurzname|sigle|acronyme|sigla|siglas|"
        "abreviatura|initials"
    ),
    "role": ("role|roles|rolle|funktion im programm|participation role|funktion bei der veranstaltung|role at event"),
    "post": (
        "position|job title|jobtitle|post|function|job|designation|occupation|funktion|stelle|amt|beruf|"
        "fonction|poste|cargo|puesto|capacity of person|speaker title|title of host|host title|"
        "title or position|berufsbezeichnung|profession|job role|title position|speaker position|titre poste|"
        "speaker job title|title of speaker|tag line|tagline"
    ),
    "affiliation": (
        "department|ministry|affiliation|affiliations|institution|institutions|company|employer|speaker organisation|"
        "speaker organization|speaker affiliation|speaker company|speaker institution|institut|firma|"
        "arbeitgeber|einrichtung|institucion|empresa|entreprise|etablissement|zugehorigkeit|"
        "organisation des referenten|company name|company organisation|afiliacion|unternehmen|"
        "organisation company|organization company|political group|parliamentary group|group|party|fraktion|"
        "partei|parti|partido|groupe politique|grupo politico"
    ),
    "organisation": (
        "organisation|organization|org|organisations|organizations|body|organisme|organismo|organizacion|"
        "organisation name|organization name|name of the organisation|verband|verein|institution name|agency|"
        "group name|ngo|organismes|organizaciones|organisationen|name der organisation|nom de l organisation|"
        "nombre de la organizacion|association|behorde"
    ),
    "parent": (
        "parent|parent organisation|parent organization|part of|umbrella|dachverband|organisation mere|"
        "matriz|subsidiary of|parent body|mutterorganisation"
    ),
    "biography": (
        "biography|bio|biografie|biographie|biografia|about the speaker|speaker bio|speaker biography|"
        "about speaker|lebenslauf|kurzbiografie|profile"
    ),
    "image": (
        "image|img|photo|picture|avatar|photo url|image url|picture url|foto|bild|headshot|logo|"
        "speaker image|speaker photo|thumbnail|imagen|avatar url"
    ),
    "handle": (
        "twitter|github|mastodon|orcid|wikidata|linkedin|facebook|instagram|speaker twitter|twitter handle|"
        "github username|bluesky|facilitators twitter|speaker twitter handle|isni|viaf|gnd|doi|ror|"
        "transparency register id|transparency register number|register id|twitter username|x twitter|"
        "orcid id|gitlab|xing"
    ),
    "e-mail": (
        "email|e mail|mail|email address|e mail address|contact email|emails|e mail adresse|courriel|correo|"
        "correo electronico|speaker email|mailadresse|adresse e mail|contact e mail|e mails|contact mail"
    ),
    "telephone": (
        "phone|telephone|tel|mobile|phone number|telefon|mobil|telefono|handy|cell|telephone number|"
        "mobile number|fax|numero de telephone|movil|telefonnummer"
    ),
    "home-address": (
        "home address|private address|privatadresse|wohnadresse|adresse privee|domicilio|adresse personnelle"
    ),
    "birth": (
        "birth|date of birth|birth date|birthdate|birthday|dob|geburtsdatum|geboren|date de naissance|"
        "fecha de nacimiento|birth year|year of birth|geburtstag|nacimiento|naissance|age"
    ),
    "gender": "gender|sex|geschlecht|genre|sexe|genero|sexo|pronouns|pronomen|speaker pronouns",
    "ignore": "is fave|fave",
}
AMBIGUOUS = {"title": "titel|titre|titulo|title|heading|headline|bezeichnung|event title name"}
"""Names that are the title of an event in one table and the title of a person in another."""
BARE_TITLES = frozenset(AMBIGUOUS["title"].split("|"))
