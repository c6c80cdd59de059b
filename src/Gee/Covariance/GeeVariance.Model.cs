namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The model-based (naive) variance M⁻¹, valid when the working correlation is right.</summary>
    public static GeeVariance Model { get; } = new ModelVariance();

    private sealed class ModelVariance() : GeeVariance("model")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) => fit.Bread.ToArray();
    }
}
