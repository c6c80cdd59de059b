# Crossed random effects: lme4's own data InstEval (73,421 ratings of lecturers by students) and VerbAgg (7,584 answers), and a million rows of
# 20,000 subjects and 500 items.
# Usage: Rscript crossed.R data FOLDER       writes insteval.csv (with yb, whether y > 3), verbagg.csv (r2 as 0 and 1) and crossed-million.csv
#        Rscript crossed.R insteval|insteval-ml|insteval-binary|verbagg lme4|glmmTMB     prints the seconds of the fit alone, the user time, and
#        estimates; so does Rscript crossed.R million lme4 FOLDER
suppressMessages({ library(lme4); library(glmmTMB) })
arguments <- commandArgs(TRUE)
million <- function() {
  set.seed(7)
  n <- 1e6; s <- sample.int(20000, n, TRUE); i <- sample.int(500, n, TRUE); us <- rnorm(20000); ui <- rnorm(500, 0, .7); x <- rnorm(n)
  eta <- .3 + .5 * x + us[s] + ui[i]
  data.frame(y = round(eta + rnorm(n), 4), b = rbinom(n, 1, plogis(eta)), x = round(x, 4), s = s, i = i)
}
ratings <- transform(InstEval, yb = as.integer(y > 3))
answers <- transform(VerbAgg, r2 = as.integer(r2 == "Y"))
if (arguments[1] == "data") {
  write.csv(ratings, file.path(arguments[2], "insteval.csv"), row.names = FALSE, quote = FALSE)
  write.csv(answers, file.path(arguments[2], "verbagg.csv"), row.names = FALSE, quote = FALSE)
  write.csv(million(), file.path(arguments[2], "crossed-million.csv"), row.names = FALSE, quote = FALSE)
  quit()
}
rows <- if (arguments[1] == "million") read.csv(file.path(arguments[3], "crossed-million.csv"))
fit <- switch(paste(arguments[1:2], collapse = " "),
  "insteval lme4" = function() lmer(y ~ service + (1 | s) + (1 | d) + (1 | dept), ratings, control = lmerControl(calc.derivs = FALSE)),
  "insteval-ml lme4" = function()
    lmer(y ~ service + (1 | s) + (1 | d) + (1 | dept), ratings, REML = FALSE, control = lmerControl(calc.derivs = FALSE)),
  "million lme4" = function() lmer(y ~ x + (1 | s) + (1 | i), rows, control = lmerControl(calc.derivs = FALSE)),
  "insteval-binary glmmTMB" = function() glmmTMB(yb ~ service + (1 | s) + (1 | d) + (1 | dept), ratings, binomial),
  "verbagg lme4" = function() glmer(r2 ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item), answers, binomial),
  "verbagg glmmTMB" = function() glmmTMB(r2 ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item), answers, binomial))
seconds <- system.time(model <- suppressWarnings(fit()))
estimates <- if (inherits(model, "glmmTMB")) fixef(model)$cond else fixef(model)
cat("seconds", seconds[["elapsed"]], "user", seconds[["user.self"]], "estimates", sprintf("%.8f", estimates), "\n")
