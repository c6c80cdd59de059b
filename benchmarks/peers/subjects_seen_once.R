# Log-likelihoods of growth curves by lme4, for every CSV file of a folder: file, kind, likelihood, value.
# Usage: Rscript subjects_seen_once.R FOLDER     called by subjects_seen_once.py
suppressMessages(library(lme4))
options(digits = 17)
quiet <- lmerControl(check.conv.grad = "ignore", check.conv.singular = "ignore", check.conv.hess = "ignore",
  check.nobs.vs.nRE = "ignore", calc.derivs = FALSE)
for (path in sort(list.files(commandArgs(TRUE)[1], "[.]csv$", full.names = TRUE))) {
  data <- read.csv(path)
  for (kind in c("correlated", "uncorrelated")) for (restricted in c(TRUE, FALSE)) {
    formula <- if (kind == "correlated") y ~ time + (time | id) else y ~ time + (time || id)
    fit <- suppressWarnings(lmer(formula, data, REML = restricted, control = quiet))
    cat(basename(path), kind, if (restricted) "REML" else "ML", sprintf("%.10f", as.numeric(logLik(fit))), "\n")
  }
}
