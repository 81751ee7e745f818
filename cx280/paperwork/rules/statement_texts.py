"""The 18 items of Supporting Statement A in short, with the sentences that hold for any agency."""

from __future__ import annotations

# (what the item asks, what can be said of every clearance under Section 280)
ITEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Circumstances that make the collection necessary",
        (
            "OMB Circular A-11 Section 280 asks agencies to measure how people experience Federal"
            " services, to do research with customers, and to act on what they learn. Executive"
            " Order 14058 asks that those services be designed around the people who use them.",
        ),
    ),
    (
        "How, by whom, and for what purpose the information is used",
        (
            "Managers of services see scores, where they differ between offices and channels, and"
            " what people say. They decide by them what to improve, and see afterwards whether it"
            " helped.",
        ),
    ),
    (
        "Use of information technology to reduce burden",
        (
            "Surveys fit one screen of a phone, work without a script and with assistive"
            " technology, and ask where the service ends. What the agency knows is not asked.",
        ),
    ),
    (
        "Efforts to identify duplication",
        (
            "Every survey stands in one measurement plan with its population and timing. Nobody is"
            " asked more often than the contact rules of the agency allow.",
        ),
    ),
    (
        "Methods to minimize burden on small entities",
        (
            "Small businesses and other small entities answer the same short questions, of their"
            " own will; sampling asks fewer of them where there are many interactions.",
        ),
    ),
    (
        "Consequences if the collection is not conducted or is less frequent",
        (
            "Without it the agency learns late or never where its services fail people. Nobody is"
            " asked more than one survey for one transaction.",
        ),
    ),
    ("Special circumstances", ()),
    ("Federal Register notices and consultation", ()),
    ("Payments or gifts to respondents", ()),
    (
        "Assurances of confidentiality",
        (
            "Surveys are anonymous. No name, address or account is asked for; what looks like one"
            " is taken out of comments before anybody reads them. Every instrument says so.",
        ),
    ),
    (
        "Justification of sensitive questions",
        ("No question of a sensitive nature is asked.",),
    ),
    (
        "Estimates of hour burden",
        ("Hours are responses times minutes, divided by 60, added up before they are rounded.",),
    ),
    (
        "Estimates of other cost burden to respondents",
        ("Respondents have no cost but their time; there is nothing to buy, keep or maintain.",),
    ),
    ("Estimates of cost to the Federal Government", ()),
    ("Reasons for program changes or adjustments", ()),
    ("Plans for tabulation and publication", ()),
    ("Display of the expiration date", ()),
    (
        "Exceptions to the certification statement",
        ("No exception is asked for.",),
    ),
)

CIRCUMSTANCES = (
    "respondents report more often than quarterly;",
    "respondents prepare a written response in fewer than 30 days;",
    "respondents submit more than an original and two copies of a document;",
    "respondents keep records, other than health, medical, government contract, grant-in-aid or"
    " tax records, for more than three years;",
    "a statistical survey is not designed to produce valid and reliable results that can be"
    " generalized to the universe of study;",
    "a statistical data classification is used that OMB has not reviewed and approved;",
    "a pledge of confidentiality is made that statute, regulation or policy does not support, or"
    " proprietary secrets are asked for without procedures to protect them.",
)

# What the dashboard shows, as the Government promised it to respondents of Section 280.
DASHBOARD = (
    "the transaction point at which people were asked;",
    "the volume of customers that went through it in the quarter;",
    "how many were presented the survey;",
    "how many completed it;",
    "by which modes;",
    "the wording of the instrument;",
    "the distribution of answers over the points of each scale.",
)
