# Crossed random effects: lme4's own data InstEval (73,421 ratings of lecturers by students) and VerbAgg (7,584 answers).
# Usage: Rscript crossed.R data FOLDER                 writes insteval.csv (with yb, whether y > 3) and verbagg.csv (r2 as 0 and 1)
#        Rscript crossed.R insteval|insteval-binary|verbagg lme4|glmmTMB     prints the seconds of the fit alone, the user time, and estimates
suppressMessages({ library(lme4); library(glmmTMB) })
arguments <- commandArgs(TRUE)
ratings <- transform(InstEval, yb = as.integer(y > 3))
answers <- transform(VerbAgg, r2 = as.integer(r2 == "Y"))
if (arguments[1] == "data") {
  write.csv(ratings, file.path(arguments[2], "insteval.csv"), row.names = FALSE, quote = FALSE)
  write.csv(answers, file.path(arguments[2], "verbagg.csv"), row.names = FALSE, quote = FALSE)
  quit()
}
fit <- switch(paste(arguments, collapse = " "),
  "insteval lme4" = function() lmer(y ~ service + (1 | s) + (1 | d) + (1 | dept), ratings, control = lmerControl(calc.derivs = FALSE)),
  "insteval-binary glmmTMB" = function() glmmTMB(yb ~ service + (1 | s) + (1 | d) + (1 | dept), ratings, binomial),
  "verbagg lme4" = function() glmer(r2 ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item), answers, binomial),
  "verbagg glmmTMB" = function() glmmTMB(r2 ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item), answers, binomial))
seconds <- system.time(model <- suppressWarnings(fit()))
estimates <- if (inherits(model, "glmmTMB")) fixef(model)$cond else fixef(model)
cat("seconds", seconds[["elapsed"]], "user", seconds[["user.self"]], "estimates", sprintf("%.8f", estimates), "\n")
