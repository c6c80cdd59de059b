namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>A column's name; one that is not a plain name was written, and is printed, between backquotes.</summary>
    public sealed class Variable(string name) : Expression
    {
        /// <summary>The name without backquotes.</summary>
        public string Name { get; } = name;

        /// <inheritdoc/>
        public override string ToString() => IsPlain(Name) ? Name : $"`{Name}`";

        private protected override void Collect(List<string> variables)
        {
            if (!variables.Contains(Name, StringComparer.Ordinal))
            {
                variables.Add(Name);
            }
        }

        private static bool IsPlain(string name) =>
            name.Length > 0
            && (char.IsLetter(name[0]) || (name[0] == '.' && (name.Length == 1 || !char.IsAsciiDigit(name[1]))))
            && name.All(character => char.IsLetterOrDigit(character) || character is '.' or '_');
    }
}
