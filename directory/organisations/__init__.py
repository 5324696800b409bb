"""Who offers opportunities: charities, employers, universities, the NHS and the rest."""
