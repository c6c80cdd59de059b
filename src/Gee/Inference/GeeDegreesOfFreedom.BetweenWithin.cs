namespace MarginalConditional.Gee.Inference;

public abstract partial class GeeDegreesOfFreedom
{
    /// <summary>
    /// Between-within: K − p_b for contrasts that touch a column constant within
    /// all clusters, else N − K − p_w, with p_b such columns and p_w others.
    /// </summary>
    public static GeeDegreesOfFreedom BetweenWithin { get; } = new BetweenWithinReference();

    private sealed class BetweenWithinReference() : GeeDegreesOfFreedom("between-within")
    {
        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast)
        {
            var design = fit.Frame.Design;
            var copies = fit.Data.CorrelationInput.Frame.Clusters;
            var between = 0;
            var touchesBetween = false;
            for (var j = 0; j < design.Columns; j++)
            {
                if (copies.HasConstant(design.Column(j)))
                {
                    between++;
                    touchesBetween |= contrast[j] != 0;
                }
            }

            var clusters = fit.Frame.Clusters.Count;
            return Math.Max(1, touchesBetween ? clusters - between : fit.Data.Outcomes - clusters - (design.Columns - between));
        }
    }
}
