"""The words that a made-up catalogue is written in: few are common, most are rare, and topics have their own."""

from functools import cache
from typing import Any

import numpy as np

SEED = 7
VOCABULARY = 40_000
# Word number r is drawn with 1 / (r + 2.7)^1.03: Mandelbrot's form of Zipf's law, near English.
SHIFT, SLOPE = 2.7, 1.03

STOPS = tuple("the of and to in for a with on is as by at from you will be this our we".split())

# What adverts are made of.
GENERAL = tuple(
    dict.fromkeys(
        """
        role team experience support training skills opportunity career position develop working project knowledge
        ensure responsible including management salary contract permanent benefits pension holiday flexible site
        apprenticeship internship placement graduate degree programme module certificate learner student trainee
        mentor supervisor manager senior junior lead officer associate application interview candidate applicant
        employer provider university college institute industry sector academia company partner collaborate deliver
        report communication problem analysis present coach improve innovation regulation standard policy safety
        health environment risk audit record document procedure protocol investigate review approve release budget
        customer supplier commercial marketing business strategy finance patent licence negotiate funding grant
        bursary eligibility deadline duration summer workshop webinar seminar school masterclass award diploma
        masters doctoral postdoctoral fellowship laboratory research science technology discovery manufacturing
        """.split()
    )
)
ROLES = tuple(
    """
    technician scientist engineer analyst manager officer apprentice researcher consultant coordinator specialist
    associate trainee fellow assistant
    """.split()
)
TOPICS = {
    "cell-therapy": "cell therapy autologous allogeneic expansion cryopreservation potency apheresis stem donor",
    "gene-therapy": "gene therapy viral vector lentiviral transduction plasmid capsid editing genome delivery",
    "manufacturing": "manufacturing batch process cleanroom scale fill finish yield production equipment transfer",
    "bioprocessing": "bioreactor upstream downstream purification chromatography filtration harvest media resin",
    "quality": "quality assurance control validation deviation audit release sampling specification inspection gmp",
    "bioinformatics": "bioinformatics sequencing pipeline python variant transcriptomic alignment annotation cluster",
    "data-science": "data machine learning statistics model dashboard database algorithm prediction analytics",
    "clinical-trials": "clinical trial patient consent monitoring recruitment investigator endpoint placebo ethics",
    "regulation": "regulatory affairs submission dossier authorisation variation guidance agency labelling marketing",
    "immunology": "immunology antibody antigen flow cytometry assay tumour lymphocyte cytokine receptor vaccine",
    "microbiology": "microbiology sterile aseptic endotoxin bioburden bacteria isolate disinfectant contamination",
    "chemistry": "analytical chemistry mass spectrometry impurity stability dissolution calibration titration solvent",
    "engineering": "engineering maintenance automation mechanical electrical instrumentation commissioning robotics",
    "devices": "medical device usability sterilisation diagnostic imaging sensor wearable implant verification",
    "neuroscience": "neuroscience brain neuron cognitive synapse electrophysiology dementia cortex circuit behaviour",
    "plant-science": "plant crop soil breeding phenotyping seed greenhouse pest photosynthesis drought resistance",
    "synthetic-biology": "synthetic biology enzyme pathway strain crispr cloning biofoundry expression yeast metabolic",
    "health-data": "health informatics interoperability coding privacy digital hospital care standards records",
    "supply-chain": "supply chain logistics cold storage distribution inventory procurement warehouse shipping",
    "leadership": "leadership coaching negotiation inclusion equality diversity culture mentoring resilience change",
}
PHRASES = (
    *("cell and gene therapy", "quality assurance", "good manufacturing practice", "machine learning"),
    *("flow cytometry", "mass spectrometry", "clinical trial", "supply chain", "viral vector", "fill finish"),
)
TOPIC_WORDS = tuple(tuple(words.split()) for words in TOPICS.values())

_SYLLABLES = tuple(
    """
    ba be bi bo ca ce ci co cy da de di do fa fe fi fo ga ge gi go ha he hi ho la le li lo ly ma me mi mo my na ne ni
    no pa pe phi pho pro ra re ri ro sa se si so sta ste sto ta te thi tho tra tri va ve vi vo xa xi zo
    """.split()
)
_ENDINGS = tuple("in ase ine ol oma itis ion ic al ate ene ide logy graphy metric mycin mab nib".split())


@cache
def vocabulary() -> tuple[str, ...]:
    """Give every word, the commonest first: known ones in a drawn order, then ones that sound like science."""
    dice = np.random.default_rng(SEED)
    known = list(dict.fromkeys([*GENERAL, *(word for words in TOPIC_WORDS for word in words)]))
    dice.shuffle(known)
    words = dict.fromkeys(known)
    while len(words) < VOCABULARY:
        syllables = dice.integers(0, len(_SYLLABLES), int(dice.integers(2, 4)))
        words["".join(_SYLLABLES[one] for one in syllables) + _ENDINGS[dice.integers(len(_ENDINGS))]] = None
    return tuple(words)


def drawn_by_rank(chances: Any, values: int, slope: float = SLOPE, shift: float = SHIFT) -> Any:
    """Turn chances between 0 and 1 into numbers of values, of which the first come up most."""
    return np.searchsorted(_cumulated(values, slope, shift), chances).clip(max=values - 1)


@cache
def _cumulated(values: int, slope: float, shift: float) -> Any:
    shares = 1.0 / (np.arange(1, values + 1) + shift) ** slope
    return np.cumsum(shares / shares.sum())
