# Writes exact_moderators.json, the expected numbers of ExactMetaRegressionTests. Run from this folder: Rscript exact_moderators.R
# glmer of the same models; rma.glmm of metafor (UM.FS, coding = 1/2) calls it, and stops a little earlier.
suppressMessages({ library(metafor); library(lme4); library(jsonlite) })
d <- read.csv("../../examples/bcg/bcg.csv")
long <- rbind(data.frame(d, arm = 1, events = d$tpos, none = d$tneg), data.frame(d, arm = 0, events = d$cpos, none = d$cneg))
long$half <- long$arm - 1 / 2
long$z <- long$arm * long$ablat / 10
entry <- function(name, f, beta, scale) list(name = name, estimate = unname(beta / scale), se = unname(sqrt(diag(as.matrix(vcov(f)))[names(beta)]) / scale),
  tau2 = unname(VarCorr(f)[[1]][1]), logLik = as.numeric(logLik(f)))
tight <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6))
odds <- glmer(cbind(events, none) ~ 0 + factor(trial) + arm + z + (0 + half | trial), long, binomial, nAGQ = 25, control = tight)
rates <- glmer(events ~ 0 + factor(trial) + arm + z + offset(log(events + none)) + (0 + half | trial), long, poisson, nAGQ = 25, control = tight)
d$w <- d$ablat / 10
arms <- glmer(cbind(cpos, cneg) ~ w + (1 | trial), d, binomial, nAGQ = 25, control = tight)
pick <- function(f, n) fixef(f)[n]
cases <- list(entry("odds", odds, pick(odds, c("arm", "z")), c(1, 10)), entry("rates", rates, pick(rates, c("arm", "z")), c(1, 10)),
              entry("arms", arms, pick(arms, c("(Intercept)", "w")), c(1, 10)))
one <- rma.glmm(measure = "PLO", xi = cpos, mi = cneg, mods = ~ ablat, data = d, nAGQ = 25)
cases[[3]]$metafor <- c(unname(coef(one)), one$se, one$tau2, one$QM)
write_json(list(software = paste("R", getRversion(), "lme4", packageVersion("lme4"), "metafor", packageVersion("metafor")), cases = cases),
           "exact_moderators.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
