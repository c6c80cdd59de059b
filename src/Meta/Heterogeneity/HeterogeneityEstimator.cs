using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Heterogeneity;

/// <summary>How τ², the variance of the true effects between studies, is estimated. Closed: the cases are nested here.</summary>
/// <remarks>Every estimate is truncated at 0. Compared by Veroniki et al. (2016) and Langan et al. (2019), who recommend REML.</remarks>
public abstract partial class HeterogeneityEstimator
{
    private HeterogeneityEstimator(string code, string name)
    {
        Code = code;
        Name = name;
    }

    /// <summary>The name on the command line: <c>REML</c>, <c>DL</c>, …</summary>
    public string Code { get; }

    /// <summary>The name in words.</summary>
    public string Name { get; }

    /// <summary>Whether the true effects are taken to vary between studies; false only for the fixed (common) effect.</summary>
    public virtual bool IsRandom => true;

    /// <summary>One common effect: τ² = 0, inverse-variance weights.</summary>
    public static HeterogeneityEstimator Fixed { get; } = new FixedEstimator();

    /// <summary>DerSimonian and Laird (1986): Q set equal to its expectation, once.</summary>
    public static HeterogeneityEstimator DerSimonianLaird { get; } = new DerSimonianLairdEstimator();

    /// <summary>Paule and Mandel (1982): Q(τ²) = k − 1; the same as the empirical-Bayes estimator of Morris (1983).</summary>
    public static HeterogeneityEstimator PauleMandel { get; } = new PauleMandelEstimator("PM", "Paule-Mandel");

    /// <summary>Morris (1983); the same number as Paule–Mandel.</summary>
    public static HeterogeneityEstimator EmpiricalBayes { get; } = new PauleMandelEstimator("EB", "empirical Bayes");

    /// <summary>Maximum likelihood; biased downwards with few studies.</summary>
    public static HeterogeneityEstimator MaximumLikelihood { get; } = new LikelihoodEstimator(
        "ML",
        "maximum likelihood",
        restricted: false);

    /// <summary>Restricted maximum likelihood, the default.</summary>
    public static HeterogeneityEstimator Restricted { get; } = new LikelihoodEstimator(
        "REML",
        "restricted maximum likelihood",
        restricted: true);

    /// <summary>Hunter and Schmidt (2004): (Q − k) / Σ(1/v).</summary>
    public static HeterogeneityEstimator HunterSchmidt { get; } = new HunterSchmidtEstimator();

    /// <summary>Hedges (1983), also named Cochran's: variance of the effects minus their mean sampling variance.</summary>
    public static HeterogeneityEstimator Hedges { get; } = new HedgesEstimator();

    /// <summary>Sidik and Jonkman (2005): always above 0 unless all effects agree.</summary>
    public static HeterogeneityEstimator SidikJonkman { get; } = new SidikJonkmanEstimator();

    /// <summary>Every estimator, in the order of presentation.</summary>
    public static IReadOnlyList<HeterogeneityEstimator> All { get; } =
        [Restricted, MaximumLikelihood, DerSimonianLaird, PauleMandel, EmpiricalBayes, HunterSchmidt, Hedges, SidikJonkman, Fixed];

    /// <summary>Estimates τ² from more effects than coefficients.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="tolerances">The thresholds.</param>
    internal abstract HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances);
}
