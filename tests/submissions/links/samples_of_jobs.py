"""Postings of jobs, apprenticeships, internships and studentships."""

from tests.submissions.links.samples import Sample, day, html, money, posting, site

LARKFIELD = {"@type": "Organization", "name": "Larkfield Therapies", "sameAs": "https://larkfield.example"}

JOBS = (
    Sample(
        "a full posting",
        html(
            "",
            posting(
                title="Quality Control Apprentice (Level 4)",
                description="<p>You test <b>samples</b> &amp; write down what you find.</p><ul><li>Cells</li></ul>",
                datePosted="2026-11-01",
                validThrough="2027-01-30T17:00:00+00:00",
                employmentType="FULL_TIME",
                hiringOrganization=LARKFIELD,
                jobLocation=site("Darlington", "DL1 1GL", "GB", "County Durham"),
                baseSalary=money("YEAR", minValue=22600, maxValue="24,100.00"),
                totalJobOpenings=4,
                workHours="37.5 hours per week",
                experienceRequirements="no requirements",
                qualifications="<ul><li>Five GCSEs at grade 4</li><li>Maths</li></ul>",
                jobBenefits="A pension, and a bus pass.",
            ),
        ),
        {
            "kind": "apprenticeship",
            "title": "Quality Control Apprentice (Level 4)",
            "description": "You test samples & write down what you find.\n\n- Cells",
            "organisation_name": "Larkfield Therapies",
            "organisation_url": "https://larkfield.example",
            "places": "Darlington",
            "levels": ["RQF 4"],
            "skills": ["quality"],
            "hours": "full-time",
            "weekly_hours": "37.5",
            "pay": "year",
            "pay_from": "22600",
            "pay_to": "24100",
            "pay_note": "A pension, and a bus pass.",
            "closing": "fixed",
            "closes_hour": "17:00",
            "intake_places": "4",
            "needed": "Five GCSEs at grade 4\nMaths",
            "not_needed": "Earlier experience",
            "info_url": "https://larkfield.example/jobs/1",
            **day("closes", 30, 1, 2027),
        },
        ("opens_day", "delivery", "stages", "summary"),
    ),
    Sample(
        "a graph, with things named elsewhere",
        html(
            "",
            {
                "@context": "https://schema.org",
                "@graph": [
                    {"@type": "WebSite", "name": "Careers", "publisher": {"@id": "#us"}},
                    {
                        "@type": ["Organization", "Corporation"],
                        "@id": "#us",
                        "name": "Dale Bio",
                        "url": "//dale.example/",
                    },
                    posting(title="Lab intern", hiringOrganization={"@id": "#us"}, jobLocation={"@id": "#lab"}),
                    {"@id": "#lab", **site("Stevenage", "SG1 2FX")},
                ],
            },
        ),
        {
            "kind": "internship",
            "organisation_name": "Dale Bio",
            "organisation_url": "https://dale.example",
            "places": "Stevenage",
        },
    ),
    Sample(
        "an array of things, an escaped description, an hour in summer",
        html(
            "",
            [
                {"@type": "BreadcrumbList", "itemListElement": []},
                posting(
                    description="&lt;div&gt;First.&lt;/div&gt;&lt;div&gt;Second&amp;nbsp;one.&lt;/div&gt;",
                    validThrough="2027-06-30T22:59:00Z",
                ),
            ],
        ),
        {"description": "First.\n\nSecond one.", **day("closes", 30, 6, 2027)},
        ("closes_hour",),
    ),
    Sample(
        "names written in full",
        html(
            "",
            {
                "@type": "http://schema.org/JobPosting",
                "schema:title": "Graduate scheme in cell making",
                "https://schema.org/employmentType": ["PART_TIME"],
                "schema:validThrough": {"@type": "Date", "@value": "2027-02-01"},
            },
        ),
        {"kind": "graduate-scheme", "hours": "part-time", **day("closes", 1, 2, 2027)},
    ),
    Sample(
        "pay by the hour", html("", posting(baseSalary=money("HOUR", value=12.8))), {"pay": "hour", "pay_from": "12.80"}
    ),
    Sample(
        "pay by the week", html("", posting(baseSalary=money("WEEK", value="320"))), {"pay": "week", "pay_from": "320"}
    ),
    Sample(
        "pay by the month",
        html("", posting(baseSalary=money("MONTH", minValue=1900, maxValue=2000.5))),
        {"pay": "year", "pay_from": "22800", "pay_to": "24006"},
    ),
    Sample(
        "pay in words",
        html("", posting(baseSalary="£23,400 to £25k per annum")),
        {"pay": "year", "pay_from": "23400", "pay_to": "25000"},
    ),
    Sample(
        "pay by the day",
        html("", posting(baseSalary=money("DAY", value=120))),
        unsaid=("pay",),
        remarks=("pay as 120 GBP DAY",),
    ),
    Sample(
        "pay without its time",
        html("", posting(baseSalary={"currency": "GBP", "value": 23400})),
        unsaid=("pay",),
        remarks=("without the time it is for",),
    ),
    Sample(
        "pay in dollars",
        html("", posting(baseSalary=money("YEAR", "USD", value=60000))),
        unsaid=("pay",),
        remarks=("60000 USD YEAR",),
    ),
    Sample(
        "pay that can't be right",
        html("", posting(baseSalary=money("HOUR", value=23400))),
        unsaid=("pay",),
        remarks=("can’t be right",),
    ),
    Sample("pay that isn't told", html("", posting(baseSalary=money("YEAR", value=0))), unsaid=("pay", "pay_from")),
    Sample(
        "a competitive salary", html("", posting(baseSalary="Competitive")), unsaid=("pay",), remarks=("Competitive",)
    ),
    Sample(
        "a stipend",
        html("", posting(title="PhD studentship in gene delivery", baseSalary=money("YEAR", value=20780))),
        {"kind": "studentship", "pay": "stipend", "pay_from": "20780"},
    ),
    Sample(
        "remote work",
        html(
            "",
            posting(
                jobLocationType="TELECOMMUTE",
                applicantLocationRequirements=[
                    {"@type": "State", "name": "Scotland"},
                    {"@type": "State", "name": "Wales"},
                ],
            ),
        ),
        {"delivery": "online", "nations": ["Scotland", "Wales"]},
        ("places",),
    ),
    Sample(
        "remote anywhere here",
        html(
            "", posting(jobLocationType="TELECOMMUTE", applicantLocationRequirements={"@type": "Country", "name": "UK"})
        ),
        {"delivery": "online", "nations": ["UK"]},
    ),
    Sample(
        "remote, and somewhere",
        html("", posting(jobLocationType="TELECOMMUTE", jobLocation=site("Leeds"))),
        {"places": "Leeds"},
        ("delivery",),
        ("choose how people take part",),
    ),
    Sample(
        "two sites, and one abroad",
        html(
            "", posting(jobLocation=[site("Leeds", "LS1 4AP"), site("Cardiff"), site("Cambridge", "02139", "US", "MA")])
        ),
        {"places": "Leeds\nCardiff"},
        remarks=("Cambridge, MA, 02139, US",),
    ),
    Sample(
        "a place in words, in a country with a name",
        html("", posting(jobLocation={"@type": "Place", "address": "Glasgow, Scotland"}), posting()),
        {"places": "Glasgow, Scotland"},
    ),
    Sample(
        "a level in Scotland",
        html(
            "",
            posting(
                title="Apprentice, level 6", jobLocation=site("Glasgow", country={"@type": "Country", "name": "GB"})
            ),
        ),
        {"kind": "apprenticeship"},
        ("levels",),
    ),
    Sample(
        "a level of Scotland's own",
        html("", posting(title="Apprentice (SCQF level 6)", jobLocation=site("Glasgow"))),
        {"levels": ["SCQF 6"]},
    ),
    Sample(
        "somebody who looks after apprentices",
        html("", posting(title="Apprenticeship and placements manager")),
        {"title": "Apprenticeship and placements manager"},
        ("kind",),
    ),
    Sample("two kinds at once", html("", posting(title="Internship or placement, your choice")), unsaid=("kind",)),
    Sample(
        "an intern by type",
        html("", posting(title="Cell lab, summer", employmentType=["INTERN"])),
        {"kind": "internship"},
    ),
    Sample(
        "a school's words from elsewhere",
        html("", posting(educationRequirements={"credentialCategory": "high school"})),
        unsaid=("needed",),
        remarks=("American",),
    ),
    Sample(
        "credentials and months",
        html(
            "",
            posting(
                educationRequirements=[{"credentialCategory": "bachelor degree"}],
                experienceRequirements={"@type": "OccupationalExperienceRequirements", "monthsOfExperience": "12"},
            ),
        ),
        {"needed": "A bachelor’s degree\n12 months of experience"},
    ),
    Sample(
        "the start of a day",
        html("", posting(validThrough="2027-01-30T00:00")),
        day("closes", 30, 1, 2027),
        ("closes_hour",),
        ("may mean the day before",),
    ),
    Sample(
        "a day that has passed", html("", posting(validThrough="2026-10-30")), remarks=("closed on 30 October 2026",)
    ),
    Sample("a day that is none", html("", posting(validThrough="2027-02-30")), unsaid=("closes_day", "closing")),
    Sample("posted in days to come", html("", posting(datePosted="2026-12-07")), day("opens", 7, 12, 2026)),
    Sample(
        "several postings on one page",
        html("", posting(title="One apprentice"), posting(title="Another apprentice")),
        unsaid=("kind", "places"),
        remarks=("2 things at once",),
    ),
    Sample(
        "several postings, one of them this page's",
        html("", posting(title="One intern", url="/jobs/2"), posting(title="Another intern", url="/jobs/1")),
        {"title": "Another intern"},
    ),
    Sample(
        "several postings, one of them the heading's",
        html("<h1>Another  intern</h1>", posting(title="One intern"), posting(title="Another intern")),
        {"title": "Another intern"},
    ),
    Sample(
        "an organisation that gives only its page elsewhere",
        html(
            "",
            posting(hiringOrganization={"name": "Larkfield", "sameAs": ["https://www.linkedin.com/company/larkfield"]}),
        ),
        {"organisation_name": "Larkfield"},
        ("organisation_url",),
    ),
    Sample(
        "an action to apply",
        html("", posting(potentialAction={"@type": "ApplyAction", "target": {"urlTemplate": "/apply?job=1"}})),
        {"apply_url": "https://larkfield.example/apply?job=1"},
    ),
)
