"""Reports that evaluate a fund (绩效评价报告): the fund and its parts with money, goals, score, problems, advice."""
