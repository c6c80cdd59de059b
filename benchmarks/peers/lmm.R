# One linear mixed model by lme4, or linear model with correlated residuals by nlme: reading excluded.
# Usage: Rscript lmm.R sleepstudy|slope|nested|un|ar1|ar1h FILE [REPEATS]
suppressMessages({ library(lme4); library(nlme) })
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[2])
repeats <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
# Without the second derivatives that lme4 takes after the fit only to warn: they would cost it more than the fit.
quick <- lmerControl(calc.derivs = FALSE)
fit <- switch(arguments[1],
  sleepstudy = function() fixef(lmer(Reaction ~ Days + (Days | Subject), data)),
  slope = function() fixef(lmer(y ~ arm * t + (t | id), data, control = quick)),
  nested = function() fixef(lmer(y ~ x + (1 | hospital / unit / patient), data, control = quick)),
  un = function() coef(gls(y ~ base + arm * factor(visit), data, correlation = corSymm(form = ~ visit | id), weights = varIdent(form = ~ 1 | visit))),
  ar1 = function() coef(gls(y ~ base + arm * factor(visit), data, correlation = corAR1(form = ~ visit | id))),
  ar1h = function() coef(gls(y ~ base + arm * factor(visit), data, correlation = corAR1(form = ~ visit | id), weights = varIdent(form = ~ 1 | visit))))
seconds <- numeric(repeats)
for (k in seq_len(repeats)) seconds[k] <- system.time(estimates <- fit())[["elapsed"]]
cat("seconds", median(seconds), "estimates", sprintf("%.8f", estimates), "\n")
