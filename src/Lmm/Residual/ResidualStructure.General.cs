namespace MarginalConditional.Lmm.Residual;

public abstract partial class ResidualStructure
{
    /// <summary>No structure.</summary>
    private sealed class General : ResidualStructure
    {
        public General()
            : base("un", "unstructured")
        {
        }

        internal override bool UsesTimes => false;

        internal override ResidualShape Bind(double unit) => new UnstructuredShape();
    }
}
