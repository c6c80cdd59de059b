namespace MarginalConditional.Lmm.Inference;

/// <summary>Tests with a sandwich covariance and Satterthwaite's degrees of freedom of Bell and McCaffrey (2002).</summary>
internal sealed class RobustInference : MomentInference
{
    private readonly ClusterSandwich sandwich;

    private RobustInference(LmmFit fit, ClusterSandwich sandwich)
        : base(fit, sandwich.Covariance.ToArray()) => this.sandwich = sandwich;

    /// <summary>Computes what all contrasts share.</summary>
    public static RobustInference Create(LmmFit fit, SandwichCorrection correction) =>
        new(fit, ClusterSandwich.Of(fit, correction, keepsParts: true));

    /// <inheritdoc/>
    public override double DegreesOfFreedom(ReadOnlySpan<double> contrast) => sandwich.DegreesOfFreedom(contrast);
}
