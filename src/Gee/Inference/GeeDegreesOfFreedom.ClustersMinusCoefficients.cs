namespace MarginalConditional.Gee.Inference;

public abstract partial class GeeDegreesOfFreedom
{
    /// <summary>K − p: the number of clusters less the number of coefficients.</summary>
    public static GeeDegreesOfFreedom ClustersMinusCoefficients { get; } = new ClustersMinusCoefficientsReference();

    private sealed class ClustersMinusCoefficientsReference() : GeeDegreesOfFreedom("k-p")
    {
        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast) =>
            Math.Max(1, fit.Frame.Clusters.Count - fit.Frame.Design.Columns);
    }
}
