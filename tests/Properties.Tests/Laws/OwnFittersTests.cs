using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Laws;

/// <summary>The fitters of this library keep every law that is about them.</summary>
public sealed class OwnFittersTests
{
    private static readonly TrialModel Binary = new();

    private static readonly TrialModel Counts = new() { Family = Family.Poisson };

    private static readonly TrialModel Continuous = new() { Family = Family.Gaussian };

    private static readonly IReadOnlyList<CovariateOfTrial> Both = [new("age", IsOfCluster: false), new("region", IsOfCluster: true)];

    private static readonly Dictionary<string, ITrialEstimator> Estimators = new ITrialEstimator[]
    {
        new GlmTrialEstimator { Model = Binary },
        new GlmTrialEstimator { Model = Binary with { Covariates = Both, Link = Link.Probit } },
        new GlmTrialEstimator { Model = Counts with { Covariates = Both } },
        new GlmTrialEstimator { Model = Continuous },
        new GeeTrialEstimator { Model = Binary },
        new GeeTrialEstimator { Model = Binary with { Covariates = Both }, Moments = MomentConvention.Geepack },
        new GeeTrialEstimator { Model = Counts, Correlation = WorkingCorrelation.Ar1 },
        new GeeTrialEstimator { Model = Continuous with { Covariates = Both }, Variance = GeeVariance.ManclDeRouen },
        new GeeTrialEstimator { Model = new TrialModel { Family = Family.Gamma }, Moments = MomentConvention.Geepack },
        new LmmTrialEstimator { Model = Continuous },
        new LmmTrialEstimator { Model = Continuous with { Covariates = Both }, Restricted = true },
        new GlmmTrialEstimator { Model = Binary },
        new GlmmTrialEstimator { Model = Binary with { Covariates = Both } },
        new GlmmTrialEstimator { Model = Counts },
    }
        .ToDictionary(estimator => $"{estimator.Name}: {estimator.Model.Family.Name}, {estimator.Model.Formula}", StringComparer.Ordinal);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var (name, estimator) in Estimators)
            {
                foreach (var law in LawBook.For(estimator))
                {
                    pairs.Add(name, law.Name);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void They_keep_the_laws_of_their_domain(string estimator, string law)
    {
        var result = LawBook.Named(law).Check(Estimators[estimator], new LawOptions { Tests = 25, Seed = 20261127 });
        Assert.True(result.Verdict == LawVerdict.Holds, result.ToString());
    }

    [Fact]
    public void Every_law_is_about_one_of_them() =>
        Assert.All(LawBook.All, law => Assert.Contains(Estimators.Values, estimator => law.WhyOutside(estimator) is null));
}
