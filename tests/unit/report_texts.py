"""Reports of the genre, made up: a forum, minutes with a table, an agenda with times, and a Chinese one."""

from __future__ import annotations

FORUM = """\
Riverside Foundation holds third annual forum on rural libraries
12 June 2022

More than 140 librarians, teachers and village leaders met on 9-10 June 2022 at the Granary Conference Centre in
Port Ellery for the Third Annual Forum on Rural Libraries, convened by the Riverside Foundation together with
the National Library Council and supported by Meridian Bank.

In recent years President Harold Okonjo and Chancellor Brigitte Lehmann have repeatedly stressed the importance
of reading, and the Ministry of Culture adopted a plan in 2019.

Opening the forum, Mrs Adaeze Obi, Chairperson of the Riverside Foundation, thanked the hosts and said that a
village without a library was "a village without a window". Welcome remarks were also given by Mayor Tomas
Lindqvist and by Jean-Pierre Moreau, Deputy Minister for Rural Affairs.

The keynote address was delivered by Professor Sakura Watanabe of the University of Port Ellery, who argued that
mobile libraries cost a third of what a building costs. She warned, however, that drivers are hard to find.

A panel discussion on funding, moderated by journalist Kwame Asante, brought together Lucia Fernandez (Meridian
Bank), Peter O'Rourke, director of the Open Shelves Network, and Dr. Hannah Weiss from the Institute for Reading
Research (IRR). Ms Fernandez noted that banks lend to libraries only where councils guarantee the loan. "We have
never lost a penny on a library," she said. Mr O'Rourke disagreed, pointing to three closed branches.

How can small councils share one librarian? And who pays for the van? These questions were discussed in four
working groups, facilitated by Maria Silva, Chen Wei, Ruth Adler and John Mbeki.

In her closing remarks, Ms Obi announced a fund of two million for mobile libraries. The forum ended with a vote
of thanks by Samuel Tetteh, Secretary of the National Library Council. The next forum will be held in Lakeview
in May 2024.
"""
MINUTES_WITH_TABLE = """\
# Coastal Heritage Working Group

**Date:** 14 March 2023
**Venue:** Town Hall, Seaford

## In attendance

| Name | Title | Organisation |
|------|-------|--------------|
| Eleanor Whitby (Chair) | County Archaeologist | Sussex Heritage Trust |
| Dr Imran Malik | Senior Lecturer | University of Brighton |
| Joan Pettifer | | Seaford Town Council |
| Gareth Llewellyn | Volunteer coordinator | Friends of the Fort |

## Apologies
Sir Martin Hale (Historic Coast Society), Wendy Cho

## 1. Welcome
Eleanor welcomed members and introduced Dr Malik, who presented the survey of the fort.

## 2. Survey
Dr Malik reported that the west wall had lost forty centimetres since 2015. Joan asked whether the council \
would pay for repairs. Gareth Llewellyn suggested to apply to the Lottery Fund. The group discussed how to \
involve schools.

## Actions
JP to write to the council.
"""
AGENDA = """\
WORKSHOP: DIGITAL SKILLS FOR CARE WORKERS
Wednesday, 3 May 2023, 09:30 - 16:00
Room 204, Elm House, Leeds

Programme

09:30 Registration and coffee
10:00 Welcome - Fiona Grant, Chief Executive, CareNet
10:15 Keynote: Why care needs tablets - Prof. Anil Deshmukh, Leeds Institute of Health
11:00 Panel: What works in homes
      Chair: Olga Petrova, Skills for Homes
      Speakers: Ben Achebe (Sunrise Homes); Dr Li Na (University of Hull); Carmen Ruiz, Unison
12:30 Lunch
13:30 Case study: The Hull pilot - Mark Dunmore
15:30 Closing remarks - Fiona Grant
"""
CHINESE_FORUM = """\
社区养老服务创新研讨会在成都举行
发布时间：2023-10-18  来源：公益时报
10月16日，由四川省民政厅指导、蓉城社区发展基金会和西南财经大学社会发展研究院联合主办的“社区养老服务创新研讨\
会”在成都市金牛宾馆举行，来自全国的120余位专家学者、社会组织代表参加了会议。
开幕式由蓉城社区发展基金会秘书长刘晓梅主持。四川省民政厅副厅长张建国、西南财经大学副校长陈立新教授分别致辞。\
张建国指出，养老服务要从社区做起。
中国人民大学教授杜鹏作了题为《积极老龄化与社区》的主旨演讲。他认为，数字技术不能代替人与人的陪伴。
在圆桌对话环节，北京夕阳红社会工作事务所主任王丽、上海颐家养老服务有限公司总经理赵强、成都市锦江区民政局局长\
何敏等嘉宾就如何留住护理人员展开讨论。
"""
