namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>An expression between parentheses.</summary>
    public sealed class Parenthesis(Expression inner) : Expression
    {
        /// <summary>What stands between them.</summary>
        public Expression Inner { get; } = inner;

        /// <inheritdoc/>
        public override string ToString() => $"({Inner})";

        private protected override void Collect(List<string> variables) => Inner.Collect(variables);
    }
}
