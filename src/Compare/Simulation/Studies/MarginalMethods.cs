using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Methods of study files that fit marginal models.</summary>
internal static class MarginalMethods
{
    private static readonly (string Name, WorkingCorrelation Structure)[] Correlations =
    [
        ("exchangeable", WorkingCorrelation.Exchangeable),
        ("independence", WorkingCorrelation.Independence),
        ("ar1", WorkingCorrelation.Ar1),
        ("unstructured", WorkingCorrelation.Unstructured),
        ("toeplitz", WorkingCorrelation.Toeplitz),
        ("m-dependent", WorkingCorrelation.MDependent(1)),
    ];

    private static readonly (string Name, GeeVariance Variance)[] Variances =
        [.. GeeVariance.All.Select(variance => (variance.Name, variance))];

    private static readonly (string Name, GeeDegreesOfFreedom Reference)[] References =
        [.. GeeDegreesOfFreedom.All.Select(reference => (reference.Name, reference))];

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MethodKind> Kinds { get; } =
    [
        new("gee", ["correlation", "se", "df", "staying", "staying-weights"], section => section.Has("staying")
            ? Weighted(section)
            : Gee(section, Correlation(section))),
        new("glm", ["se", "df"], section => Gee(section, WorkingCorrelation.Independence)),
        new("standardized-gee", ["correlation", "se", "df"], section => new StandardizedGeeEstimator
        {
            Name = section.Name,
            Gee = Gee(section, Correlation(section)),
        }),
    ];

    private static readonly (string Name, DropoutWeighting Weighting)[] Weightings =
        [.. DropoutWeighting.All.Select(weighting => (weighting.Name, weighting))];

    /// <summary>The working correlation of a method's options.</summary>
    public static WorkingCorrelation Correlation(MethodSection section) =>
        section.Choice("correlation", WorkingCorrelation.Exchangeable, Correlations);

    /// <summary>The reference of tests of a method's options.</summary>
    public static GeeDegreesOfFreedom Reference(MethodSection section) => section.Choice("df", GeeDegreesOfFreedom.Normal, References);

    /// <summary>Weighted for dropout; weights of rows leave no choice of a working correlation.</summary>
    private static WeightedGeeEstimator Weighted(MethodSection section)
    {
        var weighting = section.Choice("staying-weights", DropoutWeighting.Row, Weightings);
        var correlation = section.Choice(
            "correlation", weighting.AllowsCorrelation ? WorkingCorrelation.Exchangeable : WorkingCorrelation.Independence, Correlations);
        if (!weighting.AllowsCorrelation && correlation != WorkingCorrelation.Independence)
        {
            throw section.Error(
                "correlation",
                "Weights of rows need correlation: independence.",
                "staying-weights: cluster allows every structure.");
        }

        if (section.Has("se"))
        {
            throw section.Error("se", "Weighted equations have the robust standard errors that account for the weights.", "Leave out se.");
        }

        return new WeightedGeeEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Adjust = section.Adjust,
            Staying = section.Formula("staying", StayingData.Column),
            Weighting = weighting,
            Correlation = correlation,
            DegreesOfFreedom = Reference(section),
        };
    }

    private static GeeEstimator Gee(MethodSection section, WorkingCorrelation correlation) => new()
    {
        Name = section.Name,
        Arm = section.Arm,
        Adjust = section.Adjust,
        Correlation = correlation,
        Variance = section.Choice("se", GeeVariance.Robust, Variances),
        DegreesOfFreedom = Reference(section),
    };
}
