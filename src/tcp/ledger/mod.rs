//! An account of connections, which stays when they are forgotten: [`totals`], and what is [`trouble`].

pub mod totals;
pub mod trouble;

use super::connection::Connection;
use totals::Totals;
use trouble::Trouble;

/// The account. Each connection is entered once.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What all of them come to.
    pub totals: Totals,
    /// What an operator has to know.
    pub trouble: Trouble,
    /// Only connections that are chosen are entered.
    pub has_choice: bool,
}

impl Ledger {
    /// An empty account. `limit` bounds its memory: so many targets, and pairs of a target and an address, are
    /// told apart.
    pub fn new(limit: usize, has_choice: bool) -> Ledger {
        Ledger { totals: Totals::default(), trouble: Trouble::new(limit), has_choice }
    }

    /// Enters a connection.
    pub fn enter(&mut self, connection: &Connection) {
        if connection.is_told(self.has_choice) {
            self.totals.enter(connection);
            self.trouble.enter(connection);
        }
    }
}
