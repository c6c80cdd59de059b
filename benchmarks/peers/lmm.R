# Linear mixed models side by side: this project against lme4 and nlme, the same data, the same machine, one after the other.
#   Rscript benchmarks/peers/lmm.R [small]
# Needs R with lme4 and nlme, and the built benchmarks (dotnet build benchmarks/Benchmarks -c Release).
suppressMessages({ library(lme4); library(nlme) })
small <- "small" %in% commandArgs(TRUE)
file <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
root <- normalizePath(file.path(dirname(file), "..", ".."))
program <- file.path(root, "benchmarks", "Benchmarks", "bin", "Release", "net10.0", "MarginalConditional.Benchmarks.dll")
folder <- tempfile("lmm-"); dir.create(folder)
set.seed(1)

ours <- function(detail, path, repeats) {
  line <- system2("dotnet", c(program, "fit", "lmm", detail, path, "0", repeats), stdout = TRUE)
  parts <- strsplit(line[length(line)], " ")[[1]]
  list(seconds = as.numeric(parts[2]), estimates = as.numeric(parts[-(1:3)]))
}

compare <- function(label, detail, data, peer, name, repeats = 5) {
  path <- file.path(folder, paste0(gsub("[^A-Za-z0-9]", "", label), ".csv"))
  write.csv(data, path, row.names = FALSE, quote = FALSE)
  mine <- ours(detail, path, repeats)
  seconds <- system.time(fit <- peer(data))[["elapsed"]]
  difference <- max(abs(mine$estimates - fit) / pmax(1, abs(fit)))
  cat(sprintf("%-34s %-6s %10.4f s %-6s %10.3f s %8.0fx   estimates differ by %.1e\n", label, "ours", mine$seconds, name, seconds, seconds / mine$seconds, difference))
  unlink(path)
}

quick <- lmerControl(calc.derivs = FALSE)
compare("sleepstudy", "sleepstudy", read.csv(file.path(root, "tests", "reference", "data", "sleepstudy.csv")),
  function(d) fixef(lmer(Reaction ~ Days + (Days | Subject), d)), "lme4", 51)

subjects <- if (small) 10000 else 100000
id <- rep(seq_len(subjects), each = 10)
d <- data.frame(id, arm = id %% 2, t = rep(0:9, subjects) + round(runif(10 * subjects), 2))
d$y <- round(3 + d$arm + 0.5 * d$t + rnorm(subjects)[id] + 0.3 * rnorm(subjects)[id] * d$t + rnorm(nrow(d)), 4)
compare(sprintf("%s rows, intercept and slope", format(nrow(d), big.mark = ",", scientific = FALSE)), "slope", d, function(d) fixef(lmer(y ~ arm * t + (t | id), d, control = quick)), "lme4")

patients <- if (small) 300 else 3000
unit <- rep(seq_len(patients * 10), each = 3)
d <- data.frame(hospital = (unit - 1) %/% 300, unit = (unit - 1) %/% 10, patient = unit, x = round(rnorm(length(unit)), 3))
d$y <- round(1 + d$x + rnorm(1000)[d$hospital + 1] + rnorm(patients + 1)[d$unit + 1] + rnorm(10 * patients)[d$patient] + rnorm(nrow(d)), 4)
compare(sprintf("%s rows, three nested levels", format(nrow(d), big.mark = ",", scientific = FALSE)), "nested", d, function(d) fixef(lmer(y ~ x + (1 | hospital / unit / patient), d, control = quick)), "lme4")

trial <- function(n, visits) {
  id <- rep(seq_len(n), each = visits); visit <- rep(seq_len(visits), n)
  e <- as.vector(t(matrix(rnorm(n * visits), n) %*% chol(0.7^abs(outer(1:visits, 1:visits, "-")) * outer(1 + 0.1 * 1:visits, 1 + 0.1 * 1:visits))))
  d <- data.frame(id, visit, arm = ifelse(id %% 2 == 0, "a", "b"), base = round(rnorm(n), 3)[id])
  d$y <- round(d$base + 0.1 * visit * (d$arm == "b") + e, 4)
  leave <- sample(c(2:visits, rep(visits + 1, 2 * visits)), n, TRUE)[id]
  d[visit < leave, ]
}
# gls parametrizes visits by factor(visit) too; patients who leave early are missing at random.
d <- trial(if (small) 200 else 5000, if (small) 4 else 10)
if (small) {
  compare("visits, unstructured", "un", d, function(d) coef(gls(y ~ base + arm * factor(visit), d, correlation = corSymm(form = ~ visit | id), weights = varIdent(form = ~ 1 | visit))), "nlme")
} else {
  path <- file.path(folder, "trial.csv"); write.csv(d, path, row.names = FALSE, quote = FALSE)
  cat(sprintf("%-34s %-6s %10.4f s   (nlme needs hours; see the smaller trial)\n", "5,000 x 10 visits, unstructured", "ours", ours("un", path, 5)$seconds))
  d <- trial(1000, 5)
  compare("1,000 x 5 visits, unstructured", "un", d, function(d) coef(gls(y ~ base + arm * factor(visit), d, correlation = corSymm(form = ~ visit | id), weights = varIdent(form = ~ 1 | visit))), "nlme")
}
d <- trial(if (small) 200 else 5000, if (small) 4 else 10)
compare(sprintf("%s x %d visits, ar1", format(length(unique(d$id)), big.mark = ","), max(d$visit)), "ar1", d, function(d) coef(gls(y ~ base + arm * factor(visit), d, correlation = corAR1(form = ~ visit | id))), "nlme")
