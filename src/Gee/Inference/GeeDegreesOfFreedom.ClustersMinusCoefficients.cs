namespace MarginalConditional.Gee.Inference;

public abstract partial class GeeDegreesOfFreedom
{
    /// <summary>K − p: the number of clusters less the number of coefficients.</summary>
    public static GeeDegreesOfFreedom ClustersMinusCoefficients { get; } = new ClustersMinusCoefficientsReference();

    /// <summary>K − p with a K of its own: of two ways of clustering the smaller number.</summary>
    /// <param name="clusters">K.</param>
    public static GeeDegreesOfFreedom ClustersMinusCoefficientsOf(int clusters) => new ClustersMinusCoefficientsReference(clusters);

    private sealed class ClustersMinusCoefficientsReference : GeeDegreesOfFreedom
    {
        private readonly int? clusters;

        public ClustersMinusCoefficientsReference(int? clusters = null)
            : base("k-p") => this.clusters = clusters;

        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast) =>
            Math.Max(1, (clusters ?? fit.Frame.Clusters.Count) - fit.Frame.Design.Columns);
    }
}
