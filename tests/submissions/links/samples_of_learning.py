"""Courses, programmes and events; and pages whose data is broken, or that have none."""

from tests.submissions.links.samples import Sample, day, html, posting

COURSE = {"@context": "https://schema.org", "@type": "Course", "name": "Growing cells safely"}
EVENT = {"@context": "https://schema.org", "@type": "Event", "name": "Lab open day"}
POUNDS = {"@type": "Offer", "priceCurrency": "GBP"}

LEARNING = (
    Sample(
        "a course with one instance",
        html(
            "",
            COURSE
            | {
                "description": "Four days in our labs.",
                "provider": {"@type": "CollegeOrUniversity", "name": "Dale University", "url": "https://dale.example"},
                "coursePrerequisites": ["A degree in biology"],
                "educationalCredentialAwarded": "Level 7 certificate",
                "offers": [POUNDS | {"price": "250.00"}, POUNDS | {"price": 400}],
                "hasCourseInstance": [
                    {"@type": "CourseInstance", "startDate": "2026-01-12"},
                    {"@type": "CourseInstance", "startDate": "2027-01-11", "courseMode": "Blended", "duration": "P4D"},
                ],
            },
        ),
        {
            "kind": "course",
            "organisation_name": "Dale University",
            "needed": "A degree in biology",
            "levels": ["RQF 7"],
            "delivery": "hybrid",
            "cost": "fee",
            "cost_note": "£250 to £400",
            "length": "4",
            "length_unit": "days",
            **day("starts", 11, 1, 2027),
        },
        ("pay", "closes_day"),
    ),
    Sample(
        "a course with several starts",
        html("", COURSE | {"hasCourseInstance": [{"startDate": "2027-01-11"}, {"startDate": "2027-09-06"}]}),
        {"recurrence": "cohorts"},
        ("starts_day", "starts_month"),
        ("2027-01-11, 2027-09-06",),
    ),
    Sample(
        "a free course",
        html("", COURSE | {"isAccessibleForFree": True, "courseMode": "online", "timeToComplete": "PT6H"}),
        {"cost": "free", "delivery": "online"},
        ("length",),
    ),
    Sample("a price of nothing", html("", COURSE | {"offers": POUNDS | {"price": 0}}), {"cost": "free"}),
    Sample(
        "a price in euros",
        html("", COURSE | {"offers": {"price": 90, "priceCurrency": "EUR"}}),
        unsaid=("cost",),
        remarks=("90 EUR",),
    ),
    Sample(
        "a programme",
        html(
            "",
            {
                "@type": "EducationalOccupationalProgram",
                "name": "Making advanced medicines",
                "programType": "Apprenticeship",
                "applicationDeadline": "2027-03-31",
                "applicationStartDate": "2027-01-04",
                "startDate": "2027-09",
                "timeToComplete": "P1Y6M",
                "educationalProgramMode": "on-site",
                "programPrerequisites": {"@type": "EducationalOccupationalCredential", "credentialCategory": "GCSEs"},
                "maximumEnrollment": "12",
                "trainingSalary": {
                    "@type": "MonetaryAmountDistribution",
                    "currency": "GBP",
                    "duration": "P1Y",
                    "median": "21000",
                },
                "provider": {"@type": "EducationalOrganization", "name": "Tees College"},
            },
        ),
        {
            "kind": "apprenticeship",
            "length": "18",
            "length_unit": "months",
            "delivery": "on-site",
            "needed": "GCSEs",
            "intake_places": "12",
            "pay": "year",
            "pay_from": "21000",
            "closing": "fixed",
            **day("closes", 31, 3, 2027),
            **day("opens", 4, 1, 2027),
            **day("starts", None, 9, 2027),
        },
    ),
    Sample(
        "an event for an age",
        html(
            "",
            EVENT
            | {
                "name": "Virtual work experience in gene therapy",
                "startDate": "2027-02-15T09:30:00+00:00",
                "endDate": "2027-02-19T15:00:00+00:00",
                "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
                "location": {"@type": "VirtualLocation", "url": "https://larkfield.example/live"},
                "organizer": {"@type": "Organization", "name": "Larkfield"},
                "typicalAgeRange": "16-18",
                "maximumAttendeeCapacity": 200,
            },
        ),
        {
            "kind": "virtual-experience",
            "organisation_name": "Larkfield",
            "delivery": "online",
            "minimum_age": "16",
            "maximum_age": "18",
            "intake_places": "200",
            "length": "5",
            "length_unit": "days",
            **day("starts", 15, 2, 2027),
        },
        ("places", "closes_day"),
    ),
    Sample(
        "an event of every year",
        html(
            "",
            EVENT
            | {
                "eventAttendanceMode": "OfflineEventAttendanceMode",
                "location": {"@type": "Place", "name": "Our labs", "address": "Leeds"},
                "typicalAgeRange": "14+",
                "eventSchedule": {
                    "@type": "Schedule",
                    "startDate": "2027-07-05",
                    "repeatFrequency": "P1Y",
                    "duration": "P2D",
                },
            },
        ),
        {
            "delivery": "on-site",
            "places": "Leeds",
            "minimum_age": "14",
            "recurrence": "annual",
            "length": "2",
            **day("starts", 5, 7, 2027),
        },
        ("kind", "maximum_age"),
    ),
)

BROKEN = (
    Sample("a comma too many", html("", '{"@type": "JobPosting", "title": "Lab intern",}'), {"title": "Lab intern"}),
    Sample("line ends in words", html("", '{"@type": "JobPosting", "title": "Lab\n intern"}'), {"title": "Lab intern"}),
    Sample(
        "wrapped as scripts once were",
        html("", '\n//<![CDATA[\n{"@type": "JobPosting", "title": "Lab intern"};\n//]]>\n'),
        {"title": "Lab intern"},
    ),
    Sample(
        "quotes that were escaped",
        html("", "{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;Lab intern&quot;}"),
        {"title": "Lab intern"},
    ),
    Sample(
        "one block broken beyond help, one well",
        html("", '{"@type": "JobPosting", "title": "Lab', posting(title="Lab intern")),
        {"title": "Lab intern"},
        remarks=("is broken",),
    ),
    Sample("nested too deep", html("", "[" * 50_000), unsaid=("kind",), remarks=("is broken",)),
    Sample("a number without end", html("", posting(totalJobOpenings=int("9" * 400))), unsaid=("intake_places",)),
    Sample("not a number", html("", '{"@type": "JobPosting", "title": "Lab intern", "totalJobOpenings": NaN}')),
    Sample(
        "data alone",
        '[{"@type": "JobPosting", "title": "Lab intern"}]',
        {"title": "Lab intern"},
        content_type="application/ld+json",
    ),
    Sample(
        "half a letter", html("", '{"@type": "JobPosting", "title": "Lab \\ud83d intern"}'), {"title": "Lab intern"}
    ),
)

SEEN = (
    Sample(
        "a page without data",
        html(
            """<nav><a href=/x>Closing date 1 May 2027</a></nav><h1>Summer placement in a cell lab</h1>
            <dl><dt>Closing date</dt><dd>Friday 5th March 2027 at 5pm</dd><dt>Start date</dt><dd>July 2027</dd>
            <dt>Salary</dt><dd>£23,400 – £24,000 a year, pro rata</dd></dl>
            <p>Interviews start on 12 March 2027.</p><a href="../apply?x=1">Apply now</a>""",
            head='<meta property="og:site_name" content="Larkfield"><meta name=description content="A summer here.">',
        ),
        {
            "kind": "placement",
            "title": "Summer placement in a cell lab",
            "summary": "A summer here.",
            "organisation_name": "Larkfield",
            "closing": "fixed",
            "closes_hour": "17:00",
            "pay": "year",
            "pay_from": "23400",
            "pay_to": "24000",
            "apply_url": "https://larkfield.example/apply?x=1",
            **day("closes", 5, 3, 2027),
            **day("starts", None, 7, 2027),
        },
        ("starts_day", "delivery", "skills"),
    ),
    Sample(
        "two closing dates",
        html("<p>Applications close on 5 March 2027.</p><p>Deadline: 9 March 2027</p>"),
        unsaid=("closes_day", "closing"),
        remarks=("5 March 2027, 9 March 2027",),
    ),
    Sample(
        "data and page disagree",
        html("<p>Apply by 5 March 2027</p>", posting(validThrough="2027-03-09")),
        unsaid=("closes_day", "closing"),
        remarks=("shows 5 March 2027",),
    ),
    Sample(
        "data and page agree, and the page gives the hour",
        html("<p>Apply by noon on 5 March 2027</p>", posting(validThrough="2027-03-05")),
        {"closes_hour": "12:00", **day("closes", 5, 3, 2027)},
    ),
    Sample(
        "a day without its year", html("<p>Closing date: 5 March</p>"), unsaid=("closes_day",), remarks=("‘5 March’",)
    ),
    Sample(
        "numbers that can be read two ways",
        html("<p>Closing date: 05/03/2027</p>", lang="en-US"),
        unsaid=("closes_day",),
        remarks=("‘05/03/2027’",),
    ),
    Sample("the same numbers on a British page", html("<p>Closing date: 05/03/2027</p>"), day("closes", 5, 3, 2027)),
    Sample(
        "a name under .uk",
        html("<p>Closing date: 05/03/27", lang="en"),
        day("closes", 5, 3, 2027),
        url="https://larkfield.co.uk/jobs/1",
    ),
    Sample(
        "numbers that another date explains",
        html("<p>Closing date: 03/05/2027</p><p>Posted 11/25/2026</p>", lang="en-US"),
        day("closes", 5, 3, 2027),
    ),
    Sample(
        "two amounts of pay",
        html("<p>Pay: £12.80 an hour</p><p>Managers are paid £20 per hour</p>"),
        unsaid=("pay",),
        remarks=("more than one amount",),
    ),
    Sample("money that isn't pay", html("<p>We raised £25,000 a year for charity.</p>"), unsaid=("pay",)),
    Sample(
        "a stipend on the page", html("<p>A stipend of £20,780 per year</p>"), {"pay": "stipend", "pay_from": "20780"}
    ),
    Sample("a stranger's scheme of link", html('<a href="javascript:x()">Apply</a>'), unsaid=("apply_url",)),
    Sample("two links to apply", html('<a href="/a">Apply</a><a href="/b">Apply now</a>'), unsaid=("apply_url",)),
    Sample("nothing at all", "", unsaid=("title", "kind", "pay")),
)
