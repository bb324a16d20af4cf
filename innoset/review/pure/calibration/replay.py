"""Reproduces the calibration of a round from its table of marks: python replay.py marks.csv

Needs only Python and numpy. Total = work + expert + chance, all in points; works and experts are random
(Henderson's mixed model equations), the two ratios of deviations are integrated over a grid under a half-Cauchy
prior by the restricted likelihood. Prints works and experts as semicolon-separated lines.
"""

import csv
import sys
from pathlib import Path

import numpy as np

RATIOS = np.exp(np.linspace(np.log(0.05), np.log(8.0), 21))
HALF_WIDTH = 1.959963984540054


def replay(text: str) -> str:
    """Return the fair totals of works and the severity of experts, reckoned from the text of the table."""
    rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines(), delimiter=";"))
    sheets = {(row["Дело"], row["Эксперт"]): float(row["Сумма листа"].replace(",", ".")) for row in rows}
    maximum = float(rows[0]["Наибольшая сумма"].replace(",", "."))
    works, experts = (sorted({key[place] for key in sheets}) for place in (0, 1))
    size, total = (len(works), len(experts)), np.array(list(sheets.values()))
    design = np.zeros((len(total), 1 + sum(size)))
    for row, (work, expert) in enumerate(sheets):
        design[row, [0, 1 + works.index(work), 1 + size[0] + experts.index(expert)]] = 1
    wanted = np.zeros((sum(size), 1 + sum(size)))
    wanted[: size[0], : 1 + size[0]] = np.hstack([np.ones((size[0], 1)), np.eye(size[0])])
    wanted[size[0] :, 1 + size[0] :] = -np.eye(size[1])
    wanted[:, 1 + size[0] :] += 1 / size[1]
    logs, means, variances = [], [], []
    for work_ratio in RATIOS:
        for expert_ratio in RATIOS:
            penalty = np.repeat([0.0, work_ratio**-2, expert_ratio**-2], [1, *size])
            matrix = design.T @ design + np.diag(penalty)
            inverse = np.linalg.inv(matrix)
            effects = inverse @ design.T @ total
            left = max(total @ total - effects @ design.T @ total, 1e-9)
            log_det = np.linalg.slogdet(matrix)[1] - np.log(penalty[1:]).sum()
            prior = sum(np.log(ratio) - np.log1p(ratio**2) for ratio in (work_ratio, expert_ratio))
            logs.append(prior - ((len(total) - 1) * np.log(left) + log_det) / 2)
            means.append(wanted @ effects)
            variances.append(left / (len(total) - 3) * ((wanted @ inverse) * wanted).sum(axis=1))
    weights = np.exp(np.array(logs) - max(logs))
    weights /= weights.sum()
    mean = weights @ np.array(means)
    error = np.round(np.sqrt(weights @ (np.array(variances) + (np.array(means) - mean) ** 2)), 6)
    mean = np.round(mean, 6) + 0.0
    low, high = mean - HALF_WIDTH * error, mean + HALF_WIDTH * error
    low[: size[0]], high[: size[0]] = (np.clip(edge[: size[0]], 0, maximum) for edge in (low, high))
    lines = [
        ";".join([name, *(f"{value:.4f}" for value in values)])
        for name, *values in zip(works + experts, mean, error, low, high, strict=True)
    ]
    return "\n".join(
        ["дело;итог;ошибка;от;до", *lines[: size[0]], "эксперт;строгость;ошибка;от;до", *lines[size[0] :], ""]
    )


if __name__ == "__main__":
    sys.stdout.write(replay(Path(sys.argv[1]).read_text(encoding="utf-8")))
