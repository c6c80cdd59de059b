namespace MarginalConditional.Lmm.Residual;

public abstract partial class ResidualStructure
{
    /// <summary>A correlation shape with one variance, or a variance for each wave.</summary>
    private sealed class Shaped : ResidualStructure
    {
        private readonly Func<double, CorrelationShape> shape;
        private readonly bool heterogeneous;

        public Shaped(string name, string description, Func<double, CorrelationShape> shape, bool heterogeneous)
            : base(name, description)
        {
            this.shape = shape;
            this.heterogeneous = heterogeneous;
        }

        internal override bool UsesTimes => shape(1).UsesTimes;

        internal override ResidualShape Bind(double unit) => new ScaledShape(shape(unit), heterogeneous);
    }
}
