using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Methods of study files that fit mixed models by quadrature.</summary>
internal static class MixedMethods
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MethodKind> Kinds { get; } =
    [
        new("glmm", ["nodes"], section => new GlmmEstimator
        {
            Name = section.Name,
            Nodes = Nodes(section),
            Arm = section.Arm,
            Adjust = section.Adjust,
        }),
        new("marginalized-glmm", ["nodes"], section => new MarginalizedGlmmEstimator
        {
            Name = section.Name,
            Nodes = Nodes(section),
            Arm = section.Arm,
            Adjust = section.Adjust,
        }),
        new("standardized-glmm", ["nodes"], section => new StandardizedGlmmEstimator
        {
            Name = section.Name,
            Nodes = Nodes(section),
            Arm = section.Arm,
            Adjust = section.Adjust,
        }),
        new("profile", ["measure", "nodes", "beyond"], section => new UnitProfileEstimator
        {
            Name = section.Name,
            Measure = section.Choice("measure", UnitMeasure.MeanSquaredError, UnitMeasure.Named),
            Nodes = Nodes(section),
            Beyond = section.Number("beyond", 1, -1_000, 1_000),
            Adjust = section.Adjust,
        }),
    ];

    private static int Nodes(MethodSection section) => section.Integer("nodes", 15, 1, GaussHermiteRule.MaximumNodes);
}
