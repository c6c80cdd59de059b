# Writes terms.json, the expected numbers of TermHypothesisGolden. Run from this folder, after sandwich.R: Rscript terms.R
suppressMessages({ library(lmerTest); library(jsonlite) })
data <- list(orthodont_gaps = read.csv("orthodont_gaps.csv"), dietox = read.csv("../../reference/data/dietox.csv"))
tight <- lmerControl(optCtrl = list(ftol_abs = 1e-14, xtol_abs = 1e-12))
case <- function(name, formula) {
  f <- lmer(as.formula(formula), data[[name]], control = tight)
  tests <- lapply(1:3, function(type) {
    a <- anova(f, type = type)
    data.frame(term = gsub(" ", "", rownames(a)), f = a[["F value"]], df = a$NumDF, denominator = a$DenDF)
  })
  list(data = name, formula = formula, tests = setNames(tests, paste0("type", 1:3)))
}
cases <- list(
  case("orthodont_gaps", "distance ~ age * Sex + (1 | Subject)"),
  case("orthodont_gaps", "distance ~ factor(visit) * Sex + (1 | Subject)"),
  case("orthodont_gaps", "distance ~ Sex + Sex:age + (1 | Subject)"),
  case("orthodont_gaps", "distance ~ 0 + Sex + Sex:factor(visit) + (1 | Subject)"),
  case("dietox", "Weight ~ Cu * Evit * Time + (1 | Pig)"),
  case("dietox", "Weight ~ Cu * Evit + Cu * Time + Cu * I(Time^2) + (1 | Pig)"))
write_json(list(r = R.version.string, lmerTest = as.character(packageVersion("lmerTest")), cases = cases), "terms.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
