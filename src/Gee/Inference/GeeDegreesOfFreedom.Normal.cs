namespace MarginalConditional.Gee.Inference;

public abstract partial class GeeDegreesOfFreedom
{
    /// <summary>A normal reference, as for many clusters.</summary>
    public static GeeDegreesOfFreedom Normal { get; } = new NormalReference();

    private sealed class NormalReference() : GeeDegreesOfFreedom("normal")
    {
        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast) => null;
    }
}
