namespace MarginalConditional.Gee.Correlation;

/// <summary>Moves α towards independence, along the ray, to just inside the set of positive definite correlations.</summary>
internal static class RayRepair
{
    private const double Margin = 1e-6;

    /// <summary>Shrinks the kernel's α; R is convex in α and positive definite at 0, so the ray crosses the border once.</summary>
    public static void Shrink(CorrelationKernel kernel)
    {
        double[] target = [.. kernel.Alpha];
        double low = 0, high = 1;
        for (var step = 0; step < 50; step++)
        {
            var middle = 0.5 * (low + high);
            Set(middle);
            (low, high) = kernel.Prepare() is null ? (middle, high) : (low, middle);
        }

        Set((1 - Margin) * low);

        void Set(double share)
        {
            for (var k = 0; k < target.Length; k++)
            {
                kernel.Alpha[k] = share * target[k];
            }
        }
    }
}
