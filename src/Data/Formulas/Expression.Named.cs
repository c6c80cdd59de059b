namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>An argument with its name, such as <c>df = 3</c>; its value is a constant and names no column.</summary>
    public sealed class Named(string name, Expression value) : Expression
    {
        /// <summary>The argument's name.</summary>
        public string Name { get; } = name;

        /// <summary>Its value.</summary>
        public Expression Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => $"{Name} = {Value}";

        private protected override void Collect(List<string> variables)
        {
        }
    }
}
