using MarginalConditional.Compare.Simulation.Storage;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>A journal gives back whole blocks, drops what a kill left of one, and names every other change.</summary>
public sealed class RowJournalTests : IDisposable
{
    private static readonly string[] Blocks = ["a\nb\n", "c\n", "d\ne\n"];

    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Rows_come_back_with_their_lines()
    {
        Write("a\nb\n", "c\n");
        using var journal = RowJournal.Open(path);
        Assert.Equal([(1, "a"), (2, "b"), (4, "c")], journal.Rows);
        Assert.Equal(0, journal.TornRows);
    }

    [Fact]
    public void Going_on_after_any_cut_keeps_whole_blocks_and_ends_in_the_same_bytes()
    {
        var ends = new int[Blocks.Length + 1];
        for (var count = 1; count <= Blocks.Length; count++)
        {
            File.Delete(path);
            Write(Blocks[..count]);
            ends[count] = (int)new FileInfo(path).Length;
        }

        var whole = File.ReadAllBytes(path);
        for (var cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(path, whole[..cut]);
            using (var journal = RowJournal.Open(path))
            {
                var kept = Array.FindLastIndex(ends, end => end <= cut);
                Assert.Equal(string.Concat(Blocks[..kept]), string.Concat(journal.Rows.Select(row => row.Row + "\n")));
                Assert.Equal(ends[kept] == cut, journal.TornRows == 0);
                foreach (var block in Blocks[kept..])
                {
                    journal.Append(block);
                }
            }

            Assert.Equal(whole, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void Every_byte_that_is_changed_in_a_finished_block_is_noticed_and_its_lines_are_named()
    {
        Write("a,1\nb,2\n", "c,3\n", "d,4\n");
        var whole = File.ReadAllBytes(path);
        var ends = Enumerable.Range(0, whole.Length).Where(at => whole[at] == '\n').ToArray();
        for (var at = 0; at <= ends[4]; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            var error = Assert.Throws<InputException>(() => RowJournal.Open(path));
            Assert.Contains("not as they were written", error.Message, StringComparison.Ordinal);
            Assert.Equal(path, error.File);
            Assert.Equal(changed, File.ReadAllBytes(path));
        }
    }

    [Theory]
    [InlineData(1, 0, "Lines 1 to 2")]
    [InlineData(0, 2, "Lines 3 to 4")]
    public void Blocks_moved_or_removed_are_noticed(int first, int second, string lines)
    {
        Write("a\n", "b\n", "c\n");
        var blocks = File.ReadAllLines(path).Chunk(2).Select(pair => string.Join('\n', pair) + "\n").ToArray();
        File.WriteAllText(path, blocks[first] + blocks[second]);
        var error = Assert.Throws<InputException>(() => RowJournal.Open(path));
        Assert.StartsWith(lines, error.Message, StringComparison.Ordinal);
    }

    private void Write(params string[] blocks)
    {
        using var journal = RowJournal.Open(path);
        foreach (var block in blocks)
        {
            journal.Append(block);
        }
    }
}
