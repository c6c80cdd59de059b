using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;
using VerifyYourEstimator;

var estimator = TrialEstimator.Of(
    args is ["broken"] ? "broken" : "right",
    new TrialModel { Family = Family.Gaussian },
    new EstimatorTraits { Target = StudyTarget.Marginal, SmallSample = SmallSample.None, Tolerance = 1e-6 },
    args is ["broken"] ? BrokenEstimator.Estimate : RightEstimator.Estimate);
var results = LawBook.Check(estimator);
foreach (var result in results)
{
    Console.WriteLine(result);
}

return results.Any(result => result.Verdict != LawVerdict.Holds) ? 1 : 0;
