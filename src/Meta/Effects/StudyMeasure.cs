namespace MarginalConditional.Meta.Effects;

/// <summary>The scale on which treatment and control are compared within a study.</summary>
/// <remarks>Ratios are analysed as natural logarithms, differences as they are. Closed: the cases are nested here.</remarks>
public abstract partial class StudyMeasure
{
    private StudyMeasure(string code, string name, bool isLogarithmic)
    {
        Code = code;
        Name = name;
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>The short name in capitals, such as <c>RR</c>.</summary>
    public string Code { get; }

    /// <summary>The name in words, such as <c>risk ratio</c>; of the ratio itself, not of its logarithm.</summary>
    public string Name { get; }

    /// <summary>Whether effects are logarithms of ratios, so that exponentiation gives the ratio.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Log odds ratio of a 2×2 table.</summary>
    public static CountMeasure OddsRatio { get; } = new OddsRatioMeasure();

    /// <summary>Log risk ratio of a 2×2 table.</summary>
    public static CountMeasure RiskRatio { get; } = new RiskRatioMeasure();

    /// <summary>Risk difference of a 2×2 table.</summary>
    public static CountMeasure RiskDifference { get; } = new RiskDifferenceMeasure();

    /// <summary>Log ratio of two incidence rates.</summary>
    public static RateMeasure RateRatio { get; } = new RateRatioMeasure();

    /// <summary>Difference of two incidence rates, per unit of person-time.</summary>
    public static RateMeasure RateDifference { get; } = new RateDifferenceMeasure();

    /// <summary>Difference of two means, in the units of the outcome.</summary>
    public static SummaryMeasure MeanDifference { get; } = new MeanDifferenceMeasure();

    /// <summary>Hedges' g: the difference of two means in units of the pooled standard deviation, corrected for bias.</summary>
    public static SummaryMeasure StandardizedMeanDifference { get; } = new StandardizedMeanDifferenceMeasure();

    /// <summary>Logit of the proportion of one arm.</summary>
    public static ArmMeasure LogitProportion { get; } = new LogitProportionMeasure();

    /// <summary>Arcsine of the square root of the proportion of one arm.</summary>
    public static ArmMeasure ArcsineProportion { get; } = new ArcsineProportionMeasure();

    /// <summary>Freeman and Tukey's double arcsine of the proportion of one arm.</summary>
    public static ArmMeasure DoubleArcsineProportion { get; } = new DoubleArcsineProportionMeasure();

    /// <summary>Logarithm of the proportion of one arm.</summary>
    public static ArmMeasure LogProportion { get; } = new LogProportionMeasure();

    /// <summary>The proportion of one arm as it is.</summary>
    public static ArmMeasure Proportion { get; } = new ProportionMeasure();

    /// <summary>Logarithm of the incidence rate of one arm.</summary>
    public static ArmMeasure LogRate { get; } = new LogRateMeasure();

    /// <summary>Square root of the incidence rate of one arm.</summary>
    public static ArmMeasure RootRate { get; } = new RootRateMeasure();

    /// <summary>Freeman and Tukey's double square root of the incidence rate of one arm.</summary>
    public static ArmMeasure DoubleRootRate { get; } = new DoubleRootRateMeasure();

    /// <summary>The incidence rate of one arm as it is.</summary>
    public static ArmMeasure Rate { get; } = new RateOfArmMeasure();

    /// <summary>Effects whose measure is not known: estimates and variances as given.</summary>
    public static StudyMeasure Given { get; } = new GivenMeasure();

    /// <summary>Every measure that can be named, in the order of presentation.</summary>
    public static IReadOnlyList<StudyMeasure> All { get; } =
    [
        OddsRatio, RiskRatio, RiskDifference, RateRatio, RateDifference, MeanDifference, StandardizedMeanDifference, LogitProportion,
        ArcsineProportion, DoubleArcsineProportion, LogProportion, Proportion, LogRate, RootRate, DoubleRootRate, Rate,
    ];

    /// <summary>A measure computed from the four counts of two arms.</summary>
    public abstract class CountMeasure : StudyMeasure
    {
        private protected CountMeasure(string code, string name, bool isLogarithmic)
            : base(code, name, isLogarithmic)
        {
        }

        /// <summary>
        /// The effect (log ratio or difference) and its large-sample variance;
        /// not finite, or zero, where the table does not determine them.
        /// </summary>
        /// <param name="table">Counts, already continued where a cell was zero.</param>
        public abstract Effect Of(TwoByTwo table);
    }

    /// <summary>A measure computed from mean, standard deviation and size of two arms.</summary>
    public abstract class SummaryMeasure : StudyMeasure
    {
        private protected SummaryMeasure(string code, string name)
            : base(code, name, isLogarithmic: false)
        {
        }

        /// <summary>The effect of <paramref name="treatment"/> minus <paramref name="control"/> and its large-sample variance.</summary>
        public abstract Effect Of(ArmSummary treatment, ArmSummary control);
    }

    private sealed class GivenMeasure : StudyMeasure
    {
        public GivenMeasure()
            : base("GEN", "effect", isLogarithmic: false)
        {
        }
    }
}
